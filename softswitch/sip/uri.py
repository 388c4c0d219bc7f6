"""SIP addresses, bare and as `"Name" <uri>;params` (RFC 3261, section 20.10)."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from softswitch.sip.errors import BadHeader
from softswitch.sip.scan import parameters, split_parameters, unquoted

DEFAULT_PORT = 5060
Address = tuple[str, int]

_URI = re.compile(
    r"(?P<scheme>sips?):(?:(?P<user>[^@\s<>]*)@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>\d{1,5}))?"
    r"(?P<params>;[^?\s<>]*)?(?:\?(?P<headers>[^\s<>]*))?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SipUri:
    """A `sip:` or `sips:` address."""

    scheme: str
    user: str
    """Percent-decoded, without a password."""
    host: str
    port: int | None = None
    params: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> Address:
        return self.host, self.port or DEFAULT_PORT


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def scheme_of(text: str) -> str:
    """In lower case; empty for what is no address at all."""
    match = _SCHEME.match(text)
    return match[1].lower() if match else ""


def parse_uri(text: str) -> SipUri:
    """Raises BadHeader for anything but a well-formed `sip:` or `sips:` address."""
    match = _URI.match(text)
    if match is None:
        raise BadHeader(f"{text[:80]!r} is no SIP address, expected sip:user@host:port")
    port = int(match["port"]) if match["port"] else None
    if port is not None and not 0 < port < 65536:
        raise BadHeader(f"port {port} in {text[:80]!r}, expected 1 to 65535")
    user = unquote((match["user"] or "").split(":")[0], errors="replace")
    params = parameters((match["params"] or "")[1:])
    return SipUri(match["scheme"].lower(), user, match["host"].lower(), port, params)


def is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class NameAddr:
    """The value of From, To, Contact or Route."""

    name: str
    uri: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        return self.params.get("tag", "")


_BARE_NAME = re.compile(r"[^\"<>,]*\Z")


def parse_name_addr(text: str) -> NameAddr:
    """Raises BadHeader for an address that is not closed or has blanks in it."""
    text = text.strip()
    head, bracket, rest = _before_bracket(text)
    if not bracket:
        uri, params = split_parameters(text)
        return _checked("", uri, params)
    uri, closed, tail = rest.partition(">")
    tail = tail.strip()
    if not closed or (tail and not tail.startswith(";")):
        raise BadHeader(f"{text[:80]!r} is no address, expected <uri> and ;parameters")
    return _checked(_display_name(head.strip()), uri, parameters(tail[1:]))


def _before_bracket(text: str) -> tuple[str, str, str]:
    if not text.startswith('"'):
        return text.partition("<")
    end = re.match(r'"(?:[^"\\]|\\.)*"', text, re.DOTALL)
    if end is None:
        raise BadHeader(f"{text[:80]!r}: the quote is not closed")
    head, bracket, rest = text[end.end() :].partition("<")
    if not bracket or head.strip():
        raise BadHeader(f'{text[:80]!r} is no address, expected "name" <uri>')
    return end.group(), bracket, rest


def _display_name(text: str) -> str:
    if text.startswith('"'):
        return unquoted(text)
    if not _BARE_NAME.match(text):
        raise BadHeader(f"{text[:80]!r} is no display name")
    return text


def _checked(name: str, uri: str, params: dict[str, str]) -> NameAddr:
    if not scheme_of(uri) or len(uri.split()) != 1:
        raise BadHeader(f"{uri[:80]!r} is no address, expected scheme:… without blanks")
    return NameAddr(name, uri, params)


def quoted_name(name: str) -> str:
    """A display name as it goes on the wire, always quoted."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def user_part(user: str) -> str:
    """A user name as it may stand in an address."""
    return quote(user, safe="-_.!~*'()&=+$,;?/")
