"""Registering at someone else's registrar, for phones of ours."""

import asyncio
import secrets

from softswitch.sip.call import CallHost
from softswitch.sip.dialog import Dialog
from softswitch.sip.digest import Credentials, answer_challenge
from softswitch.sip.errors import RegistrationFailed
from softswitch.sip.message import Request, Response
from softswitch.sip.outgoing import CHALLENGES
from softswitch.sip.uri import Address, parse_uri

_ATTEMPTS = 3
"""First without credentials, then with them, then once more when the nonce was stale."""


async def register(
    host: CallHost,
    registrar_uri: str,
    credentials: Credentials,
    contact_user: str,
    expires: int,
    *,
    destination: Address,
) -> None:
    """Raises RegistrationFailed."""
    domain = parse_uri(registrar_uri).host
    own = f"<sip:{credentials.user}@{domain}>"
    dialog = Dialog(
        secrets.token_hex(16), f"{own};tag={secrets.token_hex(8)}", own, registrar_uri, destination
    )
    authorization: tuple[str, str] | None = None
    for _ in range(_ATTEMPTS):
        request = dialog.request("REGISTER", host.endpoint.via(destination))
        request.headers.add("Contact", host.contact(contact_user, destination))
        request.headers.add("Expires", str(expires))
        request.headers.add("User-Agent", host.product)
        if authorization:
            request.headers.add(*authorization)
        response = await _send(host, request, destination)
        if response.status < 300:
            return
        authorization = _authorize(response, credentials, registrar_uri, authorization)
        if authorization is None:
            break
    raise RegistrationFailed(registrar_uri, response.status, response.reason)


async def _send(host: CallHost, request: Request, destination: Address) -> Response:
    answered: asyncio.Future[Response] = asyncio.get_running_loop().create_future()

    def on_response(response: Response) -> None:
        if response.status >= 200 and not answered.done():
            answered.set_result(response)

    host.endpoint.request(request, destination, on_response)
    return await answered


def _authorize(
    response: Response,
    credentials: Credentials,
    uri: str,
    earlier: tuple[str, str] | None,
) -> tuple[str, str] | None:
    names = CHALLENGES.get(response.status)
    if names is None:
        return None
    challenges = response.headers.all(names[0])
    if earlier and not any("stale=true" in line.lower() for line in challenges):
        return None
    value = answer_challenge(challenges, credentials, "REGISTER", uri)
    return (names[1], value) if value else None
