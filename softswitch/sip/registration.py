"""Answers to REGISTER, and to other requests where they need authentication."""

import secrets
from email.utils import formatdate

from softswitch.sip.authentication import Verdict, challenge
from softswitch.sip.errors import BadHeader
from softswitch.sip.incoming_request import Incoming
from softswitch.sip.registrar import Registrar
from softswitch.sip.respond import response_to
from softswitch.sip.uri import parse_name_addr, parse_uri
from softswitch.sip.validate import ALLOW, Refusal


def answer_register(registrar: Registrar, incoming: Incoming) -> None:
    held = registrar.receive(incoming)
    if isinstance(held, Refusal):
        incoming.refuse(held)
        return
    response = response_to(incoming.request, 200, tag=secrets.token_hex(8))
    for contact in held:
        response.headers.add("Contact", f"<{contact.uri}>;expires={contact.expires}")
    response.headers.add("Date", formatdate(usegmt=True))
    response.headers.add("Allow", ALLOW)
    incoming.transaction().respond(response)


def answer_to_challenge(registrar: Registrar, incoming: Incoming) -> Refusal | str:
    """The user who proved to have sent an INVITE or SUBSCRIBE, or what to answer."""
    try:
        realm = parse_uri(parse_name_addr(incoming.request.header("From")).uri).host
    except BadHeader as error:
        return Refusal(400, f"Bad Request - {error}")
    given = incoming.request.headers.all("Proxy-Authorization")
    verdict, user = registrar.authenticator.check(given, incoming.request.method, realm)
    if verdict is Verdict.KNOWN:
        return user
    if verdict is Verdict.WRONG:
        return Refusal(403, "Forbidden")
    stale = verdict is Verdict.STALE
    return challenge(registrar.authenticator, 407, realm, stale=stale)
