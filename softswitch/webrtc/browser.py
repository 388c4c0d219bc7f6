"""One browser: its WebSocket's user agent. It registers and calls; nobody calls it."""

import asyncio
from collections.abc import Callable

from websockets.asyncio.server import ServerConnection

from softswitch.sip.agent import UserAgent
from softswitch.sip.ending import Ending, EndReason
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.registrar import Registrar
from softswitch.webrtc.passes import PassSecrets
from softswitch.webrtc.web_socket import WebSocket

PRODUCT = "Pressline-Web-Phone"
_INTRODUCTION = 30.0
"""Seconds in which a browser must show its pass."""


async def serve_browser(
    connection: ServerConnection,
    secrets: PassSecrets,
    on_invite: Callable[[IncomingCall], None],
) -> None:
    """Until the browser goes; its calls end then."""
    web_socket = WebSocket(connection)
    registrar = Registrar(secrets)
    agent = UserAgent(
        on_invite=on_invite,
        registrar=registrar,
        calls_need_auth=True,
        product=PRODUCT,
        carried_by=web_socket.carry,
    )

    def let_go_of_a_stranger() -> None:
        if not registrar.all_contacts() and not agent.calls:
            web_socket.close()

    await agent.start("", 0)
    stranger = asyncio.get_running_loop().call_later(_INTRODUCTION, let_go_of_a_stranger)
    try:
        await web_socket.serve()
    finally:
        stranger.cancel()
        for call in agent.calls:
            call.end(EndReason(Ending.TIMEOUT))
        await agent.stop()
