"""A phone's wish that somebody be transferred: REFER (RFC 3515), with Replaces (RFC 3891)."""

from dataclasses import dataclass
from urllib.parse import unquote

from softswitch.sip.errors import BadHeader
from softswitch.sip.message import Request
from softswitch.sip.scan import parameters
from softswitch.sip.uri import parse_name_addr, parse_uri

FRAGMENT = "message/sipfrag;version=2.0"
DONE = "200 OK"
FORBIDDEN = "403 Forbidden"


@dataclass(frozen=True, slots=True)
class Replaced:
    """The call that the other is to be joined with. All of it comes from outside."""

    call_id: str
    to_tag: str
    """Ours."""
    from_tag: str


@dataclass(frozen=True, slots=True)
class Referral:
    user: str
    """Whom to transfer to; the host is none of our business: a number is always one of ours."""
    replaced: Replaced | None


def referral_of(request: Request) -> Referral:
    """Raises `BadHeader` for a Refer-To that is missing, several, or no SIP address."""
    values = request.headers.all("Refer-To")
    if len(values) != 1:
        raise BadHeader(f"{len(values)} Refer-To headers, expected one")
    uri = parse_name_addr(values[0]).uri
    return Referral(parse_uri(uri).user, _replaced(uri.partition("?")[2]))


def _replaced(headers: str) -> Replaced | None:
    for header in headers.split("&"):
        name, _, value = header.partition("=")
        if name.lower() == "replaces":
            call_id, _, rest = unquote(value).partition(";")
            tags = parameters(rest)
            return Replaced(call_id.strip(), tags.get("to-tag", ""), tags.get("from-tag", ""))
    return None
