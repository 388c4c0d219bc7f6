"""Session descriptions: what the other side sends and where it wants to hear (RFC 8866)."""

import re
from dataclasses import dataclass, field

from softswitch.sip.errors import BadSdp

MAX_LINES = 400
MAX_MEDIA = 16
DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")
STATIC_TYPES = {0: "PCMU", 8: "PCMA"}
"""Payload types that need no rtpmap (RFC 3551, table 4), as far as we carry them."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way of coding that a media line offers."""

    payload_type: int
    name: str
    """Encoding name in upper case; empty where it is neither mapped nor known."""
    rate: int = 8000
    """Samples a second."""
    parameters: str = ""
    """The text of `a=fmtp`."""


@dataclass(frozen=True, slots=True)
class Media:
    """One `m=` line with what belongs to it."""

    kind: str
    port: int
    protocol: str
    formats: tuple[Format, ...]
    host: str
    """Where to send to; from the session where the media line has none of its own."""
    direction: str = "sendrecv"
    ptime: int = 20
    """Audio in one packet, in milliseconds."""
    formats_text: str = ""

    @property
    def is_held(self) -> bool:
        """Whether the other side does not want to hear us."""
        return self.direction in ("sendonly", "inactive") or self.host == "0.0.0.0"


@dataclass(frozen=True, slots=True)
class SessionDescription:
    media: tuple[Media, ...]
    origin: str = ""
    raw: bytes = field(default=b"", compare=False)

    @property
    def audio(self) -> Media | None:
        """The first audio line that we could carry."""
        usable = (m for m in self.media if m.kind == "audio" and m.port)
        return next((m for m in usable if m.protocol == "RTP/AVP"), None)


@dataclass(slots=True)
class _Section:
    """The lines of the session or of one media line, as they are collected."""

    host: str = ""
    direction: str = ""
    ptime: int = 20
    maps: dict[int, tuple[str, int]] = field(default_factory=dict)
    parameters: dict[int, str] = field(default_factory=dict)
    media: re.Match[str] | None = None


_MEDIA = re.compile(r"(\S+) (\d{1,5})(?:/\d{1,3})? (\S+)((?: \S+)*)\s*\Z")
_CONNECTION = re.compile(r"IN IP([46]) ([^\s/]+)")
_RTPMAP = re.compile(r"(\d{1,3}) ([A-Za-z0-9_.-]+)/(\d{1,6})")
_FMTP = re.compile(r"(\d{1,3}) (.*)\Z")


def parse_sdp(body: bytes) -> SessionDescription:
    """Raises BadSdp for what is no session description."""
    lines = body.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise BadSdp(f"{len(lines)} lines of SDP, at most {MAX_LINES} are read")
    if lines[0].strip() != "v=0":
        raise BadSdp(f"SDP begins with {lines[0][:40]!r}, expected 'v=0'")
    origin = ""
    sections = [_Section()]
    for line in lines[1:]:
        kind, _, value = line.partition("=")
        if kind == "m":
            sections.append(_media_section(value, sections[0], len(sections)))
        elif kind == "o":
            origin = value
        else:
            _read_line(sections[-1], kind, value)
    media = tuple(_media(section, sections[0]) for section in sections[1:])
    return SessionDescription(media, origin, body)


def _media_section(value: str, session: _Section, count: int) -> _Section:
    match = _MEDIA.match(value)
    if match is None or int(match[2]) > 65535:
        raise BadSdp(f"media line {value[:60]!r}, expected 'audio port RTP/AVP types'")
    if count > MAX_MEDIA:
        raise BadSdp(f"more than {MAX_MEDIA} media lines")
    return _Section(session.host, session.direction, session.ptime, media=match)


def _read_line(section: _Section, kind: str, value: str) -> None:
    if kind == "c":
        match = _CONNECTION.match(value)
        if match is None:
            raise BadSdp(f"connection line {value[:60]!r}, expected 'IN IP4 address'")
        section.host = match[2]
    elif kind == "a":
        _read_attribute(section, *value.strip().partition(":")[::2])


def _read_attribute(section: _Section, name: str, value: str) -> None:
    if name in DIRECTIONS:
        section.direction = name
    elif name == "ptime" and value.isascii() and value.isdigit() and 0 < int(value[:4]) <= 200:
        section.ptime = int(value[:4])
    elif name == "rtpmap" and (match := _RTPMAP.match(value)):
        section.maps[int(match[1])] = match[2].upper(), int(match[3])
    elif name == "fmtp" and (match := _FMTP.match(value)):
        section.parameters[int(match[1])] = match[2]


def _media(section: _Section, session: _Section) -> Media:
    assert section.media is not None
    kind, port, protocol, types = section.media.groups()
    return Media(
        kind=kind,
        port=int(port),
        protocol=protocol,
        formats=tuple(_formats(section, types.split())),
        host=section.host or session.host,
        direction=section.direction or "sendrecv",
        ptime=section.ptime,
        formats_text=types.strip(),
    )


def _formats(section: _Section, types: list[str]) -> list[Format]:
    numbers = [int(t) for t in types if t.isascii() and t.isdigit() and len(t) <= 3]
    return [_format(section, number) for number in numbers if number < 128]


def _format(section: _Section, number: int) -> Format:
    name, rate = section.maps.get(number, (STATIC_TYPES.get(number, ""), 8000))
    return Format(number, name, rate, section.parameters.get(number, ""))
