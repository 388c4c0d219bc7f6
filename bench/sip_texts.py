"""The few SIP messages (RFC 3261) that a benchmark's caller sends and reads."""

import re
from dataclasses import dataclass

HOST = "127.0.0.1"
EVENTS = 101
"""RTP payload type of keys, the one that the switches offer too."""


@dataclass(frozen=True, slots=True)
class Leg:
    """What names one call on the wire."""

    dialled: str
    call_id: str
    sip_port: int
    switch_port: int
    caller: str = "5550100"
    """The number that the switch is shown."""


def invite(leg: Leg, media_port: int) -> bytes:
    body = (
        f"v=0\r\no=- 1 1 IN IP4 {HOST}\r\ns=-\r\nc=IN IP4 {HOST}\r\nt=0 0\r\n"
        f"m=audio {media_port} RTP/AVP 0 {EVENTS}\r\na=rtpmap:0 PCMU/8000\r\n"
        f"a=rtpmap:{EVENTS} telephone-event/8000\r\na=fmtp:{EVENTS} 0-15\r\na=ptime:20\r\n"
    )
    return _request(leg, "INVITE", 1, "", "Content-Type: application/sdp\r\n", body)


def ack(leg: Leg, to_tag: str) -> bytes:
    return _request(leg, "ACK", 1, to_tag)


def bye(leg: Leg, to_tag: str) -> bytes:
    return _request(leg, "BYE", 2, to_tag)


def _request(
    leg: Leg, method: str, number: int, to_tag: str, extra: str = "", body: str = ""
) -> bytes:
    to_tag = f";tag={to_tag}" if to_tag else ""
    # The ACK of a refusal repeats the INVITE's branch (17.1.1.3); a 2xx's may too, here.
    branch = f"z9hG4bK{leg.call_id}{number}"
    return (
        f"{method} sip:{leg.dialled}@{HOST}:{leg.switch_port} SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP {HOST}:{leg.sip_port};branch={branch}\r\n"
        f'From: "bench" <sip:{leg.caller}@{HOST}:{leg.sip_port}>;tag={leg.call_id}\r\n'
        f"To: <sip:{leg.dialled}@{HOST}:{leg.switch_port}>{to_tag}\r\n"
        f"Call-ID: {leg.call_id}\r\nCSeq: {number} {method}\r\n"
        f"Contact: <sip:{leg.caller}@{HOST}:{leg.sip_port}>\r\nMax-Forwards: 70\r\n"
        f"{extra}Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the switch, as far as a caller needs it."""

    text: str

    @property
    def status(self) -> int:
        """0 for a request."""
        return int(self.text[8:11]) if self.text.startswith("SIP/2.0 ") else 0

    @property
    def method(self) -> str:
        """Of the request, or of the one that is answered."""
        return self._first(r"^CSeq: *\d+ +(\w+)")

    @property
    def call_id(self) -> str:
        return self._first(r"^Call-ID: *(\S+)")

    @property
    def to_tag(self) -> str:
        return self._first(r"^To:[^\r\n]*;tag=([^;\r\n]+)")

    @property
    def media_port(self) -> int:
        return int(self._first(r"^m=audio (\d+)") or 0)

    def answer(self) -> bytes:
        """200 to a request."""
        kept = re.findall(
            r"^(?:Via|From|To|Call-ID|CSeq):[^\r\n]*", self.text, re.MULTILINE | re.IGNORECASE
        )
        lines = ["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""]
        return "\r\n".join(lines).encode()

    def _first(self, pattern: str) -> str:
        found = re.search(pattern, self.text, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else ""
