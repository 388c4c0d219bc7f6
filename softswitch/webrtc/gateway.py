"""The gateway: browsers on one side, the switch on the other, and the calls between them."""

import asyncio
import logging
from http import HTTPStatus

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Origin, Subprotocol

from softswitch.sip.agent import UserAgent
from softswitch.sip.incoming import IncomingCall
from softswitch.webrtc.browser import PRODUCT, serve_browser
from softswitch.webrtc.passes import PassSecrets, caller_of
from softswitch.webrtc.phone_call import PhoneCall
from softswitch.webrtc.settings import GatewaySettings

log = logging.getLogger(__name__)

MOST_BROWSERS = 200
"""Connections at a time: each open page of the phone has one."""
_LARGEST_MESSAGE = 32 * 1024
"""Bytes of a SIP message; a browser's longest, its INVITE, has some 5,000."""
_LAST_SECONDS = 2.0
"""What calls have for their goodbyes when the gateway stops."""


class Gateway:
    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._secrets = PassSecrets(settings.key)
        self._agent = UserAgent(on_invite=lambda call: call.refuse(403), product=PRODUCT)
        self.calls: set[PhoneCall] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._browsers = 0
        self._server: Server | None = None

    async def start(self) -> None:
        """Listens. Raises OSError, `PortInUse` included, where it cannot."""
        settings = self._settings
        await self._agent.start(_way_to(settings.switch_host), 0)
        self._server = await serve(
            self._welcome,
            settings.host,
            settings.port,
            origins=[Origin(each) for each in settings.origins],
            subprotocols=[Subprotocol("sip")],
            process_request=self._look_at,
            compression=None,
            max_size=_LARGEST_MESSAGE,
            server_header=None,
        )

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(next(iter(self._server.sockets)).getsockname()[1])

    async def stop(self) -> None:
        for call in list(self.calls):
            call.hang_up(503)
        await self._agent.drain(_LAST_SECONDS)
        if self._server is not None:
            self._server.close()
        await self._agent.stop()

    def _look_at(self, connection: ServerConnection, request: Request) -> Response | None:
        """Before it becomes a WebSocket."""
        if self._browsers >= MOST_BROWSERS:
            return connection.respond(HTTPStatus.SERVICE_UNAVAILABLE, "Too many phones.\n")
        if "sip" not in request.headers.get("Sec-WebSocket-Protocol", ""):
            return connection.respond(HTTPStatus.BAD_REQUEST, "Only SIP is spoken here.\n")
        if "Origin" not in request.headers:
            return connection.respond(HTTPStatus.FORBIDDEN, "Only for the panel's own pages.\n")
        return None

    async def _welcome(self, connection: ServerConnection) -> None:
        self._browsers += 1
        try:
            await serve_browser(connection, self._secrets, self._on_invite)
        finally:
            self._browsers -= 1

    def _on_invite(self, call: IncomingCall) -> None:
        caller = caller_of(call.authenticated_user)
        if caller is None:
            call.refuse(403)
        elif len(self.calls) >= self._settings.most_calls:
            log.warning("a browser's call is refused: %d are all we take", len(self.calls))
            call.refuse(503)
        else:
            switch = (self._settings.switch_host, self._settings.switch_port)
            made = PhoneCall(call, caller, self._agent, switch, self.calls.discard)
            self.calls.add(made)
            self._keep(asyncio.get_running_loop().create_task(made.run()))

    def _keep(self, task: "asyncio.Task[None]") -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _way_to(switch_host: str) -> str:
    """The address of ours from which the switch is reached."""
    return "127.0.0.1" if switch_host.startswith("127.") else "0.0.0.0"
