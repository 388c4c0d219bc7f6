"""greenswitch's protocol made safe: what the inbound and the outbound side share.

greenswitch 0.0.19 gives the shape (greenlets, handlers, the inbound and outbound classes). Its
reader, parser, blocking helpers and sender are replaced here; `tests/esl/test_greenswitch_*`
shows each fault on plain greenswitch and its absence here.
"""

import logging
import os
from collections import deque
from contextlib import suppress
from typing import TypeAlias, TypeVar, cast

import gevent
from gevent import socket
from gevent.event import AsyncResult
from gevent.lock import BoundedSemaphore
from greenswitch.esl import ESLProtocol

from esl import commands
from esl.errors import CommandTimeout, ConnectionLost, WireError
from esl.event import Event
from esl.wire import Frame, Parser

T = TypeVar("T")

log = logging.getLogger(__name__)

COMMAND_LIMIT = 10.0
"""Seconds to wait for a reply when the caller names no other limit."""
SEND_LIMIT = 5.0
"""Seconds a switch may refuse to read before it counts as dead."""
READ_SIZE = 65536
FRAMES_BETWEEN_BREATHS = 50

# Who waits for a reply: a request, or the name of what a refusal would end ("" for nobody).
Waiter: TypeAlias = "AsyncResult[Frame] | str"


class SafeProtocol(ESLProtocol):  # type: ignore[misc]  # greenswitch has no types
    """Frames in, commands out; every wait has a limit, and the end fails all that is pending."""

    sock: socket.socket

    def __init__(self) -> None:
        ESLProtocol.__init__(self)  # not InboundESL's, which stands between: it wants an address
        self._commands_sent: deque[Waiter] = deque()
        self._parser = Parser()
        self._writing = BoundedSemaphore(1)
        self._frames_read = 0
        self.lost_because = ""

    # --- reading

    def start_event_handlers(self) -> None:
        self._receive_events_greenlet = gevent.spawn(self.receive_events)

    def receive_events(self) -> None:
        reason = "the switch closed the connection"
        try:
            while data := self.sock.recv(READ_SIZE):
                for frame in self._parser.feed(data):
                    self.handle_event(frame)
                    self._breathe()
        except (OSError, WireError) as fault:
            reason = str(fault)
        finally:
            self._lose(reason)

    def _breathe(self) -> None:
        """In a flood recv never blocks, and nobody else would run."""
        self._frames_read += 1
        if self._frames_read % FRAMES_BETWEEN_BREATHS == 0:
            gevent.sleep(0.001)

    def handle_event(self, frame: Frame) -> None:
        kind = frame.kind
        if kind.startswith("text/event-"):
            self.on_channel_event(frame.event)
        elif kind in ("command/reply", "api/response"):
            self._on_reply(frame)
        elif kind == "auth/request":
            self._auth_request_event.set()
        elif kind == "text/disconnect-notice":
            self.on_notice(frame)
        elif kind == "text/rude-rejection":
            self._lose(f"the switch turned us away: {frame.body.decode('utf-8', 'replace')[:200]}")

    def _on_reply(self, frame: Frame) -> None:
        if not self._commands_sent:
            log.warning("a reply that nobody asked for is ignored: %.200s", frame.data)
            return
        waiter = self._commands_sent.popleft()
        if isinstance(waiter, AsyncResult):
            waiter.set(frame)
        elif waiter and frame.data.startswith("-ERR"):
            self.on_refusal(waiter, frame.data)

    def on_channel_event(self, event: Event) -> None:
        """An event came. Runs in the reader: it must be short."""

    def on_notice(self, frame: Frame) -> None:
        """The switch announces the end. What is on its way still comes: read on (linger)."""
        if frame.header("Content-Disposition") == "linger":
            self._lingering = True

    def on_refusal(self, name: str, reply: str) -> None:
        """A command written under `name` was answered `-ERR`."""

    def on_lost(self) -> None:
        """The connection has ended; called once."""

    # --- writing

    def send(self, data: str, limit: float = COMMAND_LIMIT) -> Frame:
        """Send one command and wait for its reply, in seconds at most `limit`.

        Raises `UnsafeArgument`, `CommandTimeout`, `ConnectionLost`.
        """
        return self.request(commands.block(data), limit)

    def request(self, command: bytes, limit: float = COMMAND_LIMIT) -> Frame:
        """As `send`, for a command already built. The reply's text is not judged here."""
        return awaited(self.asked(command), limit, f"reply to {_shown(command)!r}")

    def asked(self, command: bytes) -> "AsyncResult[Frame]":
        """Send one command and go on; its reply, or `ConnectionLost`, comes in its own time."""
        waiter: AsyncResult[Frame] = AsyncResult()
        self.write(command, (waiter,))
        return waiter

    def write(self, data: bytes, waiters: tuple[Waiter, ...]) -> None:
        """Send commands in one write, one of `waiters` for each. Raises `ConnectionLost`."""
        with self._writing:
            if not self.connected:
                raise ConnectionLost(self.lost_because or "not connected")
            self._commands_sent.extend(waiters)
            whole = False
            try:
                self._send_whole(data)
                whole = True
            except OSError as fault:
                raise ConnectionLost(f"a command could not be sent ({fault})") from fault
            finally:
                if not whole:  # half a command may be out: nothing sane can follow it
                    self._lose("a command could not be sent")

    def _send_whole(self, data: bytes) -> None:
        """Nearly always the kernel takes all at once, and no time limit need be set up."""
        sent = 0
        with suppress(BlockingIOError):
            sent = os.write(self.sock.fileno(), data)
        if sent < len(data):
            with gevent.Timeout(SEND_LIMIT, TimeoutError("the switch does not read")):
                self.sock.sendall(data[sent:])

    # --- the end

    def _lose(self, reason: str) -> None:
        if self.lost_because:
            return
        self.lost_because = reason
        self.connected = False
        self._run = False
        self._auth_request_event.set()
        waiters, self._commands_sent = self._commands_sent, deque()
        for waiter in waiters:
            if isinstance(waiter, AsyncResult):
                waiter.set_exception(ConnectionLost(reason))
        self.on_lost()
        if hasattr(self, "sock"):
            self.sock.close()

    def stop(self) -> None:
        """Close at once. Idempotent, never raises, never waits."""
        self._lose("closed by us")


def without_delay(sock: socket.socket) -> None:
    """Small commands must not wait for each other's ACK; a dead peer must be noticed."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)


def awaited(result: "AsyncResult[T]", limit: float, what: str) -> T:
    """The result, or `CommandTimeout` after `limit` seconds.

    A waiter stays in its place when time is up, so that a late reply finds it there and not
    the next command's.
    """
    result.wait(timeout=limit)
    if not result.ready():
        raise CommandTimeout(f"no {what} in {limit:g} s")
    return cast(T, result.get(block=False))


def _shown(command: bytes) -> str:
    """For a message: the first line, without a password."""
    word = command.split(b"\n", 1)[0].decode("utf-8", "replace")
    return "auth …" if word.startswith("auth") else word[:80]
