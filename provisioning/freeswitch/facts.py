"""What FreeSWITCH is told, as plain values; who knows them fills them in."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from hashlib import md5, sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal

DOMAIN: Final = "pressline.internal"
"""Of every account, whatever name or address a phone calls the box by: the realm of its password,
and the domain of its message lamp. `.internal` is nobody's (ICANN, resolution 2024.07.29.06)."""

Srtp = Literal["accepted", "offered", "required"]
Transport = Literal["udp", "tcp", "tls"]


@dataclass(frozen=True, slots=True)
class Phone:
    """A SIP account."""

    number: str
    title: str
    password: str = field(repr=False)

    @property
    def a1_hash(self) -> str:
        """The password as digest authentication needs it (RFC 3261, 22.4; RFC 2617, 3.2.2.2).

        It opens this account here, and nothing else where the same password is used.
        """
        text = f"{self.number}:{DOMAIN}:{self.password}"
        return md5(text.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Gateway:
    """A provider."""

    name: str
    host: str
    """With its port, where that is not the usual one."""
    transport: Transport = "udp"
    user: str = ""
    """Empty: it knows us by our address."""
    password: str = field(default="", repr=False)
    domain: str = ""
    """Of the account, where it is not `host`."""
    expires: int = 600
    """Seconds for which we register."""
    number: str = ""
    """What its calls have dialled; empty: what the call itself says."""
    addresses: Sequence[str] = ()
    """Networks that its calls come from, as CIDR."""

    @property
    def proxy(self) -> str:
        return self.host if self.transport == "udp" else f"{self.host};transport={self.transport}"

    @property
    def registers(self) -> bool:
        """FreeSWITCH leaves out a gateway that ought to register and has no password."""
        return bool(self.user and self.password)

    @property
    def digest(self) -> str:
        """Another one for every change: a running gateway tells its own."""
        text = repr(astuple(self))
        return sha256(text.encode()).hexdigest()[:16]

    @property
    def networks(self) -> Sequence[str]:
        """`addresses`; without any, its host where that is an address."""
        return self.addresses or _own_network(self.host.rpartition(":")[0] or self.host)


def _own_network(host: str) -> Sequence[str]:
    try:
        return (f"{ip_address(host)}/32",)
    except ValueError:
        return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One extension of the dialplan."""

    caller: str
    """Pattern of the caller's number; empty for any."""
    dialled: str
    actions: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Listening:
    """Where FreeSWITCH is reached."""

    host: str
    """`0.0.0.0`: the address by which this machine reaches others."""
    phones: int = 5060
    trunks: int = 5080
    tls: int = 5061
    """0: no TLS, not with providers either; so for `wss`."""
    wss: int = 7443
    inside: tuple[str, int] | None = None
    """For the box's own programs: no passwords are asked there."""
    public_ip: str = ""
    """The address that others see, behind a router."""
    rtp: tuple[int, int] = (20000, 29998)
    event_socket: tuple[str, int] = ("127.0.0.1", 8021)

    @property
    def trunks_tls(self) -> int:
        """From where providers are reached by TLS; none of them calls there."""
        return self.tls and self.trunks + 1


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it."""

    folder: Path
    """FreeSWITCH's own in the home."""
    listening: Listening
    event_socket_password: str = field(repr=False)
    rules: Sequence[Rule]
    phones: Sequence[Phone] = ()
    gateways: Sequence[Gateway] = ()
    srtp: Srtp = "accepted"
    authorities: Path | None = None
    """Certificates that vouch for providers by TLS; None: those of providers are not checked."""
    sessions: int = 1000
    """Legs of calls at once."""

    @property
    def music(self) -> Path:
        return self.folder / "music"

    @property
    def certificates(self) -> Path:
        return self.folder / "tls"
