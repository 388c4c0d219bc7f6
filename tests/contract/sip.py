"""The few SIP messages that a test phone writes and reads (RFC 3261), and digest (RFC 2617)."""

import hashlib
import re
import uuid
from dataclasses import dataclass

Header = tuple[str, str]


@dataclass(slots=True)
class Message:
    first: str
    headers: list[Header]
    body: str = ""

    @property
    def status(self) -> int:
        """Of a response; 0 for a request."""
        return int(self.first.split(" ", 2)[1]) if self.first.startswith("SIP/") else 0

    @property
    def method(self) -> str:
        """Of the request, or of the one that this response answers."""
        return self["CSeq"].split()[1]

    @property
    def sequence(self) -> int:
        return int(self["CSeq"].split()[0])

    def __getitem__(self, name: str) -> str:
        return next((v for n, v in self.headers if n.lower() == name.lower()), "")

    def all(self, name: str) -> list[str]:
        return [v for n, v in self.headers if n.lower() == name.lower()]

    @property
    def contact(self) -> str:
        found = re.search(r"<([^>]+)>", self["Contact"])
        return found[1] if found else self["Contact"]

    @property
    def tag(self) -> str:
        """Of the To header."""
        found = re.search(r";tag=([^;>\s]+)", self["To"])
        return found[1] if found else ""


def parse(data: bytes) -> Message | None:
    head, _, body = data.decode("utf-8", "replace").partition("\r\n\r\n")
    first, *lines = head.split("\r\n")
    if " " not in first:
        return None
    headers = [
        (name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines)
    ]
    message = Message(first, headers, body)
    # Port numbers are used again: what was meant for an earlier socket may come here.
    return message if re.fullmatch(r"\d+\s+\w+", message["CSeq"]) else None


def write(first: str, headers: list[Header], body: str = "") -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    if body:
        lines.append("Content-Type: application/sdp")
    lines.append(f"Content-Length: {len(body.encode())}")
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode("utf-8", "surrogateescape")


def response(request: Message, status: str, tag: str, *more: Header, body: str = "") -> bytes:
    headers = [("Via", via) for via in request.all("Via")]
    headers += [("Record-Route", route) for route in request.all("Record-Route")]
    to = request["To"] if request.tag or status.startswith("100") else f"{request['To']};tag={tag}"
    headers += [
        ("From", request["From"]),
        ("To", to),
        ("Call-ID", request["Call-ID"]),
        ("CSeq", request["CSeq"]),
        *more,
    ]
    return write(f"SIP/2.0 {status}", headers, body)


def session(port: int, direction: str = "sendrecv", version: int = 1, codecs: str = "0 101") -> str:
    return "\r\n".join(
        (
            "v=0",
            f"o=phone 1 {version} IN IP4 127.0.0.1",
            "s=-",
            "c=IN IP4 127.0.0.1",
            "t=0 0",
            f"m=audio {port} RTP/AVP {codecs}",
            "a=rtpmap:0 PCMU/8000",
            "a=rtpmap:101 telephone-event/8000",
            "a=fmtp:101 0-15",
            "a=ptime:20",
            f"a={direction}",
            "",
        )
    )


def media_address(body: str) -> tuple[str, int] | None:
    """Where the other side listens, from its session description."""
    port = re.search(r"^m=audio (\d+)", body, re.MULTILINE)
    host = re.search(r"^c=IN IP4 (\S+)", body, re.MULTILINE)
    return (host[1], int(port[1])) if port and host else None


def new_branch() -> str:
    return f"z9hG4bK{uuid.uuid4().hex[:12]}"


def digest(challenge: str, method: str, uri: str, user: str, secret: str) -> str:
    """The Authorization header's value for a WWW-Authenticate or Proxy-Authenticate one."""
    asked = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge.partition(" ")[2]))
    nonce, realm, client = asked["nonce"], asked["realm"], uuid.uuid4().hex[:8]
    first = md5(f"{user}:{realm}:{secret}")
    second = md5(f"{method}:{uri}")
    answer = md5(f"{first}:{nonce}:00000001:{client}:auth:{second}")
    return (
        f'Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{uri}", '
        f'response="{answer}", algorithm=MD5, cnonce="{client}", qop=auth, nc=00000001'
    )


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
