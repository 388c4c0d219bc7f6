"""One program's connection: replies in order, events between them, never without bound."""

import asyncio
import logging
from collections import deque

from softswitch.bus import EventBus
from softswitch.events import Event, to_bytes
from softswitch.eventsocket.framing import Command, CommandParser, TooLong
from softswitch.eventsocket.subscription import Subscription

log = logging.getLogger(__name__)

MAX_BUFFERED = 16 * 1024 * 1024
"""Bytes waiting for a program that does not read; events beyond them are lost."""
MAX_LOST = 500
"""mod_event_socket.c, MAX_MISSED: a program that missed so many events is let go."""
MAX_HELD = 2000
MAX_COMMANDS = 1000
MAX_REPLY = 511
"""mod_event_socket.c: a reply's line is cut there."""
GOODBYE = "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n"


class Connection(asyncio.Protocol):
    """Base of both directions: commands are dealt with one after the other by `handle`."""

    def __init__(self, bus: EventBus) -> None:
        self.subscription = Subscription()
        self.closed = asyncio.get_running_loop().create_future()
        self._bus = bus
        self._parser = CommandParser()
        self._commands: deque[Command] = deque()
        self._transport: asyncio.Transport | None = None
        self._busy = False
        self._held: deque[bytes] = deque()
        self._lost = 0
        self._worker: asyncio.Task[None] | None = None

    async def handle(self, command: Command) -> None:
        """Deal with one command; replies by `reply`."""
        raise NotImplementedError

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._bus.add(self)

    def data_received(self, data: bytes) -> None:
        try:
            commands = self._parser.feed(data)
        except TooLong as error:
            log.warning("event socket closed: %s", error)
            self.close()
            return
        self._commands.extend(commands)
        if len(self._commands) > MAX_COMMANDS:
            log.warning("event socket closed: %d commands at once", len(self._commands))
            self.close()
        elif self._worker is None and self._commands:
            self._worker = asyncio.get_running_loop().create_task(self._work())

    def connection_lost(self, exc: Exception | None) -> None:
        self._bus.remove(self)
        self._commands.clear()
        self._transport = None
        if not self.closed.done():
            self.closed.set_result(None)

    async def _work(self) -> None:
        try:
            while self._commands and self._transport is not None:
                await self.handle(self._commands.popleft())
        except Exception:
            log.exception("a command of a program failed")
            self.close()
        finally:
            self._worker = None

    # Sending.

    def write(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def reply(self, text: str) -> None:
        """`command/reply`; an empty text is what FreeSWITCH calls a command not found."""
        line = (text or "-ERR command not found")[:MAX_REPLY].partition("\n")[0]
        self.write(to_bytes(f"Content-Type: command/reply\nReply-Text: {line}\n\n"))

    def respond(self, body: str) -> None:
        """`api/response`."""
        data = to_bytes(body)
        head = f"Content-Type: api/response\nContent-Length: {len(data)}\n\n"
        self.write(head.encode() + data)

    def notice(self, headers: dict[str, str], body: str) -> None:
        """`text/disconnect-notice`; its headers are not encoded."""
        lines = {"Content-Type": "text/disconnect-notice"} | headers
        lines["Content-Length"] = str(len(body))
        text = "".join(f"{name}: {value}\n" for name, value in lines.items())
        self.write(to_bytes(f"{text}\n{body}"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    # Events: bus.Listener.

    def wants(self, name: str) -> bool:
        return self.subscription.wants(name)

    def deliver(self, event: Event) -> None:
        if self._transport is None or not self.subscription.takes(event):
            return
        if self._overfull():
            self._lose()
            return
        frame = event.json() if self.subscription.json else event.plain()
        if self._busy:
            self._held.append(frame)
        else:
            self.write(frame)

    def _overfull(self) -> bool:
        assert self._transport is not None
        return len(self._held) >= MAX_HELD or self._transport.get_write_buffer_size() > MAX_BUFFERED

    def _lose(self) -> None:
        self._lost += 1
        if self._lost == MAX_LOST:
            log.error("a program did not read and lost %d events: let go", self._lost)
            if self._transport is not None:
                self._transport.abort()

    def hold_events(self) -> None:
        """A reply comes first: events that happen meanwhile wait for it."""
        self._busy = True

    def release_events(self) -> None:
        self._busy = False
        held = b"".join(self._held)
        self._held.clear()
        if held:
            self.write(held)
