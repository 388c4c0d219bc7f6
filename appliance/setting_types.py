"""The kinds of value that settings take, each told what it expects when it is refused."""

import re
from ipaddress import ip_address
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field


class Address(NamedTuple):
    """Where something listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def _address(value: Any) -> Address:
    if isinstance(value, Address):
        return value
    host, _, port = str(value).rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError("expected host:port, for instance 127.0.0.1:5060")
    return Address(host, int(port))


def _port_range(value: Any) -> tuple[int, int]:
    if isinstance(value, tuple):
        return value
    first, _, last = str(value).partition("-")
    if not (first.isdigit() and last.isdigit() and 1024 <= int(first) < int(last) < 65536):
        raise ValueError("expected first-last, for instance 20000-29998")
    return int(first), int(last)


def _zone(value: Any) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("expected a time zone, for instance Europe/Paris") from error


def _words(value: Any) -> Any:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _phones(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    pairs = [entry.partition("=") for entry in value.split(",") if entry.strip()]
    return {number.strip(): (name.strip() or number.strip()) for number, _, name in pairs}


def _web_phone(value: Any) -> Any:
    return value if value in ("", "off") else _address(value)


def _queue(value: Any) -> str:
    text = str(value)
    parts = urlsplit(text)
    try:
        has_place = bool(parts.path if parts.scheme == "unix" else parts.hostname)
        fits = parts.scheme in ("redis", "rediss", "unix") and has_place and parts.port != 0
    except ValueError:
        fits = False
    if text and not fits:
        raise ValueError("expected redis://host:port/number, for instance redis://127.0.0.1:6379/0")
    return text


def without_password(url: str) -> str:
    """A URL as it may be shown and logged."""
    url = re.sub(r"(password=)[^&]*", r"\1…", url)
    start, at, rest = url.rpartition("@")
    scheme, slashes, account = start.partition("://")
    user, colon, _ = account.partition(":")
    return f"{scheme}{slashes}{user}{colon}…{at}{rest}" if slashes and colon else url


def _address_or_none(value: Any) -> Address | None:
    return _address(value) if value else None


Words = BeforeValidator(_words)
"""Entries with spaces or commas between them, or a TOML list."""


def _ip_or_none(value: Any) -> str:
    try:
        return str(ip_address(value)) if value else ""
    except ValueError as error:
        raise ValueError("expected an IP address, for instance 192.0.2.10") from error


def _here_or_none(value: Any) -> Address | None:
    found = _address_or_none(value)
    if found and not (found.host.startswith("127.") and _ip_or_none(found.host)):
        raise ValueError("expected an address of this machine alone, for instance 127.0.0.1:5070")
    return found


HereOrNone = Annotated[Address | None, BeforeValidator(_here_or_none)]
Port = Annotated[int, Field(ge=1, le=65_535)]
PortOrNone = Annotated[int, Field(ge=0, le=65_535)]
IpOrNone = Annotated[str, BeforeValidator(_ip_or_none)]
AddressField = Annotated[Address, BeforeValidator(_address)]
AddressOrNone = Annotated[Address | None, BeforeValidator(_address_or_none)]
PortRange = Annotated[tuple[int, int], BeforeValidator(_port_range)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
WebPhone = Annotated[Address | Literal["", "off"], BeforeValidator(_web_phone)]
QueueUrl = Annotated[str, BeforeValidator(_queue)]
BoxName = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,64}$")]
DialPattern = Annotated[str, Field(pattern=r"^\+?[0-9]+\*?$|^\+\*$")]
PhoneNumber = Annotated[str, Field(pattern=r"^[0-9]{1,15}$")]
Phones = Annotated[dict[PhoneNumber, str], BeforeValidator(_phones)]
"""`"200=Desk, 201=Delivery"` or a TOML table."""
Risk = Literal[
    "event-socket", "event-socket-password", "callbox-port", "panel-without-tls", "phone-passwords"
]
"""What `appliance.dangers` refuses to start with."""
