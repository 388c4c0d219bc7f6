"""Programs that the switch connects to, one connection for a call: the `socket` application."""

import asyncio
import logging
from typing import TYPE_CHECKING

from softswitch.events import Event, encoded, to_bytes
from softswitch.eventsocket.commands import Commands, order_of, post
from softswitch.eventsocket.connection import GOODBYE
from softswitch.eventsocket.framing import Command
from softswitch.variables import number_of

if TYPE_CHECKING:
    from softswitch.session import Session

log = logging.getLogger(__name__)

_LINGER_EXTRA = 0.5
"""A linger of N seconds ends between N and N + 1 s."""
_SINGLE_CHANNEL = frozenset({"connect", "getvar", "myevents", "sendmsg", "resume", "exit"})
"""What a program may say without `full`."""


class OutboundConnection(Commands):
    """Implements `session.Observer`."""

    def __init__(self, session: "Session", *, is_async: bool, is_full: bool) -> None:
        super().__init__(session.switch)
        self.session = session
        self.is_async = is_async
        self._is_full = is_full
        self._linger_seconds: int | None = None
        self._saw_end = False
        self._saw_hangup = False
        self._hangup_due = False
        self._pending: asyncio.Future[None] | None = None
        """Set while an application runs for a program without `async`."""
        session.observers.append(self)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self in self.session.observers:
            self.session.observers.remove(self)
        self.session.rouse()

    async def handle(self, command: Command) -> None:
        word = command.text.partition(" ")[0].lower()
        if not self._is_full and word not in _SINGLE_CHANNEL:
            self.reply("")
        elif word == "connect":
            self._tell_channel()
        elif word == "getvar":
            self.reply(self.session.variables.get(command.text[6:].strip(), ""))
        elif word == "resume":
            self.session.variables.set("socket_resume", "true")
            self.reply("+OK")
        elif word == "divert_events":
            self._divert(command.text[13:].strip())
        else:
            await super().handle(command)

    def _tell_channel(self) -> None:
        """The whole channel, not framed: `Event-Name` is its first header."""
        channel = self.session.channel
        facts = self.switch.mint.preamble("CHANNEL_DATA") | channel.profile.headers("Channel")
        facts |= channel.headers(True) | {
            "Content-Type": "command/reply",
            "Reply-Text": "+OK\n",
            "Socket-Mode": "async" if self.is_async else "static",
            "Control": "full" if self._is_full else "single-channel",
        }
        lines = [f"{name}: {encoded(value)}\n" for name, value in facts.items()]
        self.write(to_bytes("".join(lines) + "\n"))

    def _divert(self, word: str) -> None:
        if not word:
            self.reply("-ERR missing value.")
        else:
            self.reply("+OK events diverted" if word == "on" else "+OK events not diverted")

    async def _sendmsg(self, command: Command, rest: str) -> None:
        wanted = rest or command.get("session-id")
        if wanted and wanted != self.session.uuid:
            await super()._sendmsg(command, rest)
        elif self.is_async or command.get("async").lower() == "true":
            self.reply("+OK" if post(self.session, command) else "-ERR memory error")
        else:
            await self._execute_now(command)

    async def _execute_now(self, command: Command) -> None:
        """A program without `async`: the reply comes when the application has ended."""
        order = order_of(command)
        self._pending = asyncio.get_running_loop().create_future()
        self.hold_events()
        if order is not None:
            order.finished = self._finish_pending
            if self.session.post(order):
                await self._pending
        self._pending = None
        self.reply("+OK")
        self.release_events()
        if self._hangup_due:
            self.on_hangup()

    def _finish_pending(self) -> None:
        if self._pending is not None and not self._pending.done():
            self._pending.set_result(None)

    async def _linger(self, command: Command, rest: str) -> None:
        if command.text.lower().startswith("nolinger"):
            self._linger_seconds = None
            self.reply("+OK will not linger")
            return
        self._linger_seconds = number_of(rest, -1, -1, 86_400) if rest else -1
        seconds = f" {self._linger_seconds} seconds" if self._linger_seconds >= 0 else ""
        self.reply(f"+OK will linger{seconds}")

    async def _myevents(self, _: Command, rest: str) -> None:
        self.follow(self.session.uuid, rest)

    def deliver(self, event: Event) -> None:
        # CHANNEL_DESTROY and the state after it are not seen on a call's own socket.
        if self._saw_end and event.channel == self.session.uuid:
            return
        super().deliver(event)

    def say_goodbye(self) -> None:
        self._end_notice()

    def _end_notice(self) -> None:
        facts = {
            "Controlled-Session-UUID": self.session.uuid,
            "Content-Disposition": "disconnect",
        }
        self.notice(facts, GOODBYE)
        self.close()

    def on_hangup(self) -> None:
        if self._pending is not None:
            self._hangup_due = True
            return
        if self._saw_hangup:
            return
        self._saw_hangup = True
        self.release_events()
        if self._linger_seconds is None:
            self._end_notice()
            return
        facts = {
            "Controlled-Session-UUID": self.session.uuid,
            "Content-Disposition": "linger",
            "Channel-Name": self.session.channel.profile.channel_name,
            "Linger-Time": str(self._linger_seconds),
        }
        self.notice(facts, "")

    def on_finished(self) -> None:
        self._saw_end = True
        self._finish_pending()
        if self._linger_seconds is not None and self._linger_seconds >= 0:
            loop = asyncio.get_running_loop()
            loop.call_later(self._linger_seconds + _LINGER_EXTRA, self._end_if_open)

    def _end_if_open(self) -> None:
        if not self.closed.done():
            self._end_notice()
