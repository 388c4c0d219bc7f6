"""Responses that open, change or announce a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from softswitch.sip.message import Request, Response
from softswitch.sip.respond import response_to
from softswitch.sip.validate import ALLOW

if TYPE_CHECKING:
    from softswitch.sip.call import SipCall


def accepted(call: SipCall, request: Request, sdp: bytes) -> Response:
    """A 200 to an INVITE, with our session description."""
    return with_session(call, response_to(request, 200, tag=call.local_tag), sdp)


def with_session(call: SipCall, response: Response, sdp: bytes | None) -> Response:
    for route in call.invite.headers.all("Record-Route"):
        response.headers.add("Record-Route", route)
    response.headers.add("Contact", call.contact)
    response.headers.add("User-Agent", call.host.product)
    response.headers.add("Allow", ALLOW)
    if sdp:
        response.headers.add("Content-Type", "application/sdp")
        response.body = sdp
    return response
