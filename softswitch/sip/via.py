"""The Via header: where a response goes (RFC 3261, section 18.2; RFC 3581 rport)."""

import re
from dataclasses import dataclass, field

from softswitch.sip.errors import BadHeader
from softswitch.sip.message import Request
from softswitch.sip.scan import parameters
from softswitch.sip.uri import DEFAULT_PORT, Address, is_ip

MAGIC = "z9hG4bK"
"""Branches that begin so are unique over space and time (RFC 3261, section 8.1.1.7)."""

_MAX_LENGTH = 1000
"""Characters of one Via: bounds the pattern's work on a line of blanks."""

_VIA = re.compile(
    r"SIP\s*/\s*2\.0\s*/\s*(?P<transport>[A-Za-z0-9-]+)\s+"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)\s*(?::\s*(?P<port>\d{1,5}))?\s*"
    r"(?:;(?P<params>.*))?\Z",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Via:
    transport: str
    host: str
    port: int | None
    params: dict[str, str] = field(default_factory=dict)

    @property
    def branch(self) -> str:
        return self.params.get("branch", "")

    @property
    def sent_by(self) -> str:
        return f"{self.host}:{self.port or DEFAULT_PORT}"


def parse_via(text: str) -> Via:
    match = _VIA.match(text.strip()) if len(text) <= _MAX_LENGTH else None
    if match is None:
        raise BadHeader(f"Via {text[:80]!r}, expected SIP/2.0/UDP host:port;branch=…")
    port = int(match["port"]) if match["port"] else None
    if port is not None and not 0 < port < 65536:
        raise BadHeader(f"Via {text[:80]!r}: port out of range")
    params = parameters(match["params"] or "")
    return Via(match["transport"].upper(), match["host"].lower(), port, params)


def note_source(request: Request, source: Address) -> Via:
    """Writes `received` and `rport` into the top Via; gives the Via as it came.

    Raises BadHeader when there is none that can be read.
    """
    members = request.headers.members("Via")
    if not members:
        raise BadHeader("no Via header")
    via = parse_via(members[0])
    top = members[0]
    if "rport" in via.params:
        top = re.sub(r";\s*rport\b(\s*=\s*\d*)?", f";rport={source[1]}", top, flags=re.IGNORECASE)
    if "rport" in via.params or via.host != source[0]:
        top += f";received={source[0]}"
    request.headers.remove("Via")
    for member in [top, *members[1:]]:
        request.headers.add("Via", member)
    return via


def reply_address(via: Via, source: Address) -> Address:
    """Responses go to where the request came from; its port only when rport asks for it."""
    return source[0], source[1] if "rport" in via.params else (via.port or DEFAULT_PORT)


def is_behind_nat(via: Via, source: Address) -> bool:
    """Whether the sender does not know the address under which we see it."""
    if not is_ip(via.host):
        return True
    ports_differ = "rport" in via.params and (via.port or DEFAULT_PORT) != source[1]
    return via.host != source[0] or ports_differ
