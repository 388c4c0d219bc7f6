"""What a REGISTER request says (RFC 3261, section 10.3)."""

from dataclasses import dataclass

from softswitch.sip.errors import BadHeader
from softswitch.sip.message import Request
from softswitch.sip.uri import Address, NameAddr, parse_name_addr, parse_uri

DEFAULT_EXPIRES = 3600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The facts of one REGISTER request. Everything comes from outside."""

    from_user: str
    from_host: str
    to_user: str
    to_host: str
    contact: str
    call_id: str
    expires: int
    network: Address
    user_agent: str
    username: str = ""
    realm: str = ""
    result: str = ""
    """AUTHENTICATED, RENEWED, FORBIDDEN or STALE; empty while unchecked."""


def read_attempt(request: Request, source: Address) -> Attempt:
    sender = parse_uri(parse_name_addr(request.header("From")).uri)
    subject = parse_uri(parse_name_addr(request.header("To")).uri)
    return Attempt(
        from_user=sender.user,
        from_host=sender.host,
        to_user=subject.user,
        to_host=subject.host,
        contact=request.header("Contact"),
        call_id=request.call_id,
        expires=seconds_in(request.header("Expires"), DEFAULT_EXPIRES),
        network=source,
        user_agent=request.header("User-Agent"),
    )


def seconds_in(text: str, default: int) -> int:
    """A malformed value counts as the default (RFC 3261, section 10.3, step 7)."""
    return int(text[:9]) if text.isascii() and text.isdigit() else default


def read_contacts(request: Request) -> list[NameAddr | None]:
    """The addresses to bind; None for `*`, which removes them all. Raises BadHeader."""
    members = request.headers.members("Contact")
    if "*" in members:
        if len(members) > 1 or request.header("Expires") != "0":
            raise BadHeader("Contact * needs Expires: 0 and stands alone")
        return [None]
    contacts = [parse_name_addr(member) for member in members]
    for contact in contacts:
        parse_uri(contact.uri)
    return list(contacts)
