"""Where an endpoint of a dial string is in the world of SIP."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from softswitch.causes import Q850
from softswitch.errors import DialStringError
from softswitch.originate.dialstring import Endpoint
from softswitch.sip.errors import BadHeader
from softswitch.sip.uri import is_ip, parse_uri
from softswitch.sip_variables import PROFILE

if TYPE_CHECKING:
    from softswitch.switch import Switch

Address = tuple[str, int]
OUTSIDE: Address = ("192.0.2.1", 9)
"""Nobody's (RFC 5737): reached, like the world, by the default route."""


@dataclass(frozen=True, slots=True)
class Destination:
    uri: str
    number: str
    """Who is called, as the channel will be named."""
    variables: dict[str, str]
    name: str
    """The channel's name."""
    network: Address | None = None
    """Where to send to, if not to the address itself (a phone behind NAT)."""

    @property
    def reached_at(self) -> Address:
        """Enough to tell which of our addresses faces it; a name is taken for somewhere outside."""
        found = self.network or parse_uri(self.uri).address
        return found if is_ip(found[0]) else OUTSIDE


def destinations(switch: "Switch", endpoint: Endpoint) -> list[Destination]:
    """One for each phone. Raises `DialStringError` with the cause that FreeSWITCH gives."""
    if endpoint.kind == "user":
        return _registered(switch, endpoint, endpoint.address)
    if endpoint.kind == "sofia":
        return _sofia(switch, endpoint)
    if endpoint.kind == "error":
        cause = endpoint.address.upper()
        raise DialStringError(cause if cause in Q850 else "NORMAL_CLEARING", "an error was dialled")
    raise DialStringError("CHAN_NOT_IMPLEMENTED", f"endpoint {endpoint.kind[:40]!r} is unknown")


def _registered(switch: "Switch", endpoint: Endpoint, address: str) -> list[Destination]:
    user = address.partition("@")[0].partition("%")[0]
    if not switch.registrar.knows(user):
        raise DialStringError("SUBSCRIBER_ABSENT", f"user {user[:40]!r} is not in the directory")
    contacts = switch.registrar.contacts(user)
    if not contacts:
        raise DialStringError("USER_NOT_REGISTERED", f"user {user[:40]!r} is not registered")
    return [
        Destination(
            uri=contact.uri,
            number=user,
            variables=endpoint.variables,
            name=f"sofia/{PROFILE}/{contact.uri.removeprefix('sip:')}",
            network=contact.destination,
        )
        for contact in contacts
    ]


def _sofia(switch: "Switch", endpoint: Endpoint) -> list[Destination]:
    profile, _, address = endpoint.address.partition("/")
    if profile != PROFILE:
        raise DialStringError("INVALID_PROFILE", f"SIP profile {profile[:40]!r} is unknown")
    if "%" in address and "@" not in address:
        return _registered(switch, endpoint, address)
    address = address.removeprefix("sip:")
    uri = f"sip:{address}"
    try:
        parsed = parse_uri(uri)
    except BadHeader as error:
        raise DialStringError("INVALID_URL", str(error)) from error
    number = parsed.user or parsed.host
    name = f"sofia/{PROFILE}/{address.partition(';')[0]}"
    return [Destination(uri, number, endpoint.variables, name)]
