"""Whether a request can be dealt with at all (RFC 3261, section 8.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from softswitch.sip.errors import BadHeader
from softswitch.sip.message import Headers, Request, Response
from softswitch.sip.parse import WRONG_VERSION
from softswitch.sip.uri import parse_name_addr, parse_uri, scheme_of

METHODS = (
    "INVITE",
    "ACK",
    "BYE",
    "CANCEL",
    "OPTIONS",
    "INFO",
    "REGISTER",
    "SUBSCRIBE",
    "REFER",
)
ALLOW = ", ".join(METHODS)
_SINGLE = ("Call-ID", "CSeq", "From", "To", "Max-Forwards")
_MAX_CSEQ = 2**31
"""RFC 3261, section 8.1.1.5."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A final response without a session."""

    status: int
    reason: str
    headers: Sequence[tuple[str, str]] = ()


def check_request(request: Request) -> Refusal | None:
    """None for a request that is well formed and meant for us."""
    if request.fault == WRONG_VERSION:
        return Refusal(505, "")
    fault = request.fault or _fault_in_headers(request)
    if fault:
        return Refusal(400, f"Bad Request - {fault}")
    return _cannot_serve(request)


def _fault_in_headers(request: Request) -> str:
    for name in _SINGLE:
        values = request.headers.all(name)
        if len(values) > 1:
            return f"Several {name} headers"
        if not values and name != "Max-Forwards":
            return f"Missing {name}"
    number, method = request.cseq
    if not 0 <= number < _MAX_CSEQ or method != request.method:
        return "Malformed CSeq"
    return _fault_in_values(request)


def _fault_in_values(request: Request) -> str:
    forwards = request.headers.get("Max-Forwards", "70")
    if not (forwards.isascii() and forwards.isdigit() and len(forwards) < 9):
        return "Malformed Max-Forwards"
    if int(forwards) > 255:
        return "Max-Forwards out of range"
    try:
        parse_name_addr(request.header("From"))
        parse_name_addr(request.header("To"))
        for contact in request.headers.members("Contact"):
            if contact != "*":
                parse_name_addr(contact)
        if scheme_of(request.uri) in ("sip", "sips", ""):
            parse_uri(request.uri)
    except BadHeader as error:
        return str(error)
    return ""


def _cannot_serve(request: Request) -> Refusal | None:
    if request.method not in METHODS:
        return Refusal(405, "Method Not Allowed", [("Allow", ALLOW)])
    if scheme_of(request.uri) not in ("sip", "sips"):
        return Refusal(416, "Unsupported URI Scheme")
    required = ", ".join(request.headers.members("Require"))
    if required and request.method not in ("ACK", "CANCEL"):
        return Refusal(420, "Bad Extension", [("Unsupported", required)])
    return _cannot_read_body(request) if request.method == "INVITE" else None


def _cannot_read_body(request: Request) -> Refusal | None:
    if request.headers.get("Max-Forwards") == "0":
        # We are no end point but a switch: a call that may not go further has been looping.
        return Refusal(483, "Too Many Hops")
    kind = request.header("Content-Type").partition(";")[0].strip().lower()
    if request.body and kind != "application/sdp":
        return Refusal(415, "Unsupported Media Type", [("Accept", "application/sdp")])
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        return Refusal(415, "Unsupported Media Type", [("Accept-Encoding", "identity")])
    return None


def is_sound_response(response: Response) -> bool:
    """Whether a response can be matched to a request of ours."""
    headers: Headers = response.headers
    number, method = response.cseq
    single = all(len(headers.all(name)) == 1 for name in ("Call-ID", "CSeq", "From", "To"))
    return not response.fault and single and 0 <= number < _MAX_CSEQ and bool(method)
