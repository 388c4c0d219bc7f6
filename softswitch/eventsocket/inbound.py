"""Programs that connect to the switch: a password first, then commands."""

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING

from softswitch.eventsocket.commands import Commands
from softswitch.eventsocket.framing import Command

if TYPE_CHECKING:
    from softswitch.switch import Switch

log = logging.getLogger(__name__)

AUTH_SECONDS = 60.0
"""Who has not said the password by then is let go."""
MAX_CONNECTIONS = 100


class InboundConnection(Commands):
    def __init__(self, switch: "Switch", password: str) -> None:
        super().__init__(switch)
        self._password = password
        self._authenticated = False
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if len(self.switch.programs) >= MAX_CONNECTIONS:
            log.warning("event socket refused: %d programs are connected", MAX_CONNECTIONS)
            self.close()
            return
        self.switch.programs.add(self)
        self.write(b"Content-Type: auth/request\n\n")
        self._timer = asyncio.get_running_loop().call_later(AUTH_SECONDS, self.close)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.switch.programs.discard(self)
        if self._timer is not None:
            self._timer.cancel()

    async def handle(self, command: Command) -> None:
        if self._authenticated:
            await super().handle(command)
        elif command.text.startswith("auth "):
            self._authenticate(command.text[5:])
        elif command.text.startswith("exit"):
            await super().handle(command)
        else:
            self.reply("")

    def _authenticate(self, given: str) -> None:
        expected = self._password.encode()
        if not secrets.compare_digest(given.encode("utf-8", "surrogateescape"), expected):
            self.reply("-ERR invalid")
            self.say_goodbye()
            return
        self._authenticated = True
        if self._timer is not None:
            self._timer.cancel()
        self.reply("+OK accepted")
