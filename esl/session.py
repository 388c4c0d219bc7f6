"""One call's connection, opened by the switch: what was pressed, what has ended, what runs."""

import os
import time
from collections.abc import Callable

import gevent
from gevent import socket
from gevent.event import AsyncResult
from gevent.event import Event as Flag

from esl import commands
from esl.errors import ConnectionLost, WireError
from esl.event import Event
from esl.keypad import Keypad
from esl.protocol import READ_SIZE, SafeProtocol, Waiter, awaited, without_delay
from esl.wire import Frame
from ivr_flows.ports import CallEnded, CallFailed, SwitchLost

READ = 1
"""The loop's flag for readable, as in libev's EV_READ."""
CONNECT_LIMIT = 5.0
"""Seconds the switch may take to describe the call that it has just connected."""
LAST_COMPLETION_LIMIT = 2.0
"""Seconds an application may take to end after its caller has hung up."""
LINGER = 5
"""Seconds the switch keeps the connection after the hang-up, for the last completions."""
UNREAD = (
    "CHANNEL_ANSWER CHANNEL_APPLICATION CHANNEL_CREATE CHANNEL_DATA CHANNEL_DESTROY "
    "CHANNEL_EXECUTE CHANNEL_HANGUP_COMPLETE CHANNEL_ORIGINATE CHANNEL_OUTGOING CHANNEL_PARK "
    "CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_STATE CHANNEL_UNPARK CHANNEL_UUID "
    "DETECTED_SPEECH NOTALK TALK"
)
"""What `myevents` brings and nobody reads: 5.6 kB each, made by the switch and read by us."""
GREETING = f"connect\n\nmyevents json\n\nnixevent {UNREAD}\n\nlinger {LINGER}\n\n".encode()


class CallSession(SafeProtocol):
    """Used by one greenlet, the call's; the reader wakes it. Others may only hang up."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__()
        self.sock = sock
        self.id = ""
        self.keypad = Keypad()
        self.ended = ""
        """The cause, once the caller (or the switch for him) has hung up."""
        self.transfer_source = ""
        """How it came here, if by a transfer: another one tells that it has gone elsewhere."""
        self.bridged_at = 0.0
        self.unbridged_at = 0.0
        self.closed = Flag()
        """Set when the connection has ended, by whichever side."""
        self._news = Flag()
        self._awaited = ""
        self._completion: Event | None = None
        self._refusal = ""
        self._executed = 0
        self._variables: dict[str, str] = {}
        self._corked: list[bytes] = []
        self._corked_waiters: list[Waiter] = []
        self._will_linger: AsyncResult[Frame] = AsyncResult()
        without_delay(sock)
        self.connected = True
        self.start_event_handlers()

    def open(self) -> Event:
        """Subscribe and linger in one write; returns what the switch knows about the call.

        Raises `CommandTimeout`, `ConnectionLost`.
        """
        described: AsyncResult[Frame] = AsyncResult()
        self.write(GREETING, (described, "", "", self._will_linger))
        event = awaited(described, CONNECT_LIMIT, "description of the call").event
        self.id = event.get("Unique-ID")
        self.transfer_source = event.get("Caller-Transfer-Source")
        self._variables["playback_terminators"] = event.get("variable_playback_terminators")
        return event

    # --- what the reader sees

    def start_event_handlers(self) -> None:
        """Reads from the loop itself: a greenlet that waits in recv costs twice the system calls
        and two switches for each piece (0.5 ms of a call's 3 ms)."""
        self._readable = gevent.get_hub().loop.io(self.sock.fileno(), READ)
        self._readable.start(self._read)

    def _read(self) -> None:
        """Called by the loop, so it may not wait for anything."""
        try:
            data = os.read(self.sock.fileno(), READ_SIZE)
            if not data:
                self._lose("the switch closed the connection")
            for frame in self._parser.feed(data):
                self.handle_event(frame)
        except BlockingIOError:
            return
        except (OSError, WireError) as fault:
            self._lose(str(fault))

    def on_channel_event(self, event: Event) -> None:
        name = event.name
        if name == "CHANNEL_EXECUTE_COMPLETE":
            if event.get("Application-UUID") != self._awaited:
                return
            self._completion = event
        elif name == "DTMF":
            self.keypad.press(event.get("DTMF-Digit"))
        elif name == "CHANNEL_HANGUP":
            self.ended = event.get("Hangup-Cause") or "NORMAL_CLEARING"
        elif name == "CHANNEL_BRIDGE":
            self.bridged_at, self.unbridged_at = time.monotonic(), 0.0
        elif name == "CHANNEL_UNBRIDGE":
            self.unbridged_at = time.monotonic()
        else:
            return
        self._news.set()

    def on_refusal(self, name: str, reply: str) -> None:
        if name == self._awaited:
            self._refusal = reply
            self._news.set()

    def on_lost(self) -> None:
        self._readable.stop()
        self._readable.close()
        if not self._will_linger.successful():
            # Until then the switch closes at once when a caller hangs up, without a word.
            self.ended = self.ended or "NORMAL_CLEARING"
        self.closed.set()
        self._news.set()

    # --- waiting

    @property
    def gone(self) -> bool:
        return bool(self.ended) or not self.connected

    def check_alive(self) -> None:
        """Raises `CallEnded` or `SwitchLost`."""
        if self.ended:
            raise CallEnded(self.ended)
        if not self.connected:
            raise SwitchLost(self.lost_because)

    def wait_until(self, done: Callable[[], bool], limit: float) -> bool:
        """Wait, in seconds at most `limit`; false when time was up first."""
        deadline = time.monotonic() + limit
        while not done():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._news.clear()
            self._news.wait(left)
        return True

    # --- commands

    def cork(self, command: bytes, waiter: Waiter = "") -> None:
        """Keep a command back until the next `flush`, to leave in one write with others."""
        self._corked.append(command)
        self._corked_waiters.append(waiter)

    def flush(self) -> None:
        """Raises `SwitchLost`."""
        if not self._corked:
            return
        data, waiters = b"".join(self._corked), tuple(self._corked_waiters)
        self._corked.clear()
        self._corked_waiters.clear()
        try:
            self.write(data, waiters)
        except ConnectionLost:
            self.check_alive()

    def flush_soon(self) -> None:
        """Flush when the call's greenlet first waits for anything, unless it has by then."""
        gevent.spawn(self._flush_quietly)

    def _flush_quietly(self) -> None:
        try:
            self.flush()
        except SwitchLost:
            return  # whoever uses the call next is told

    def set_variable(self, name: str, value: str) -> None:
        """Corked, and only when it changes: each `set` costs two events in the switch."""
        if self._variables.get(name) != value:
            self._variables[name] = value
            self.cork(commands.execute("set", f"{name}={value}", self._next_name()))

    def cork_locked(self, application: str, argument: str) -> None:
        """Runs to its end before the next application may begin."""
        self.cork(commands.execute(application, argument, self._next_name(), lock=True))

    def begin(self, application: str, argument: str) -> None:
        """Start an application; `completion` tells when it has ended."""
        self.check_alive()
        self._awaited = self._next_name()
        self._completion, self._refusal = None, ""
        self.cork(commands.execute(application, argument, self._awaited), self._awaited)
        self.flush()

    def execute(self, application: str, argument: str, limit: float) -> Event:
        """Run an application to its end, in seconds at most `limit`; its completion.

        Raises `CallEnded` as soon as the caller has hung up, `CallFailed`, `SwitchLost`.
        """
        self.begin(application, argument)
        completion = self.completion(application, limit)
        self.check_alive()
        return completion

    def completion(self, application: str, limit: float, *, to_the_end: bool = False) -> Event:
        """The end of what `begin` began. `to_the_end`: after a hang-up too, if it comes."""
        self.wait_until(lambda: self.is_settled or self.gone, limit)
        if to_the_end and self.ended:
            self.wait_until(lambda: self.is_settled or not self.connected, LAST_COMPLETION_LIMIT)
        if self._completion is not None:
            return self._completion
        self.check_alive()
        if self._refusal:
            raise CallFailed(application, self._refusal)
        self.cork(commands.api(f"uuid_break {self.id} all"))
        self.flush()
        raise CallFailed(application, f"not finished after {limit:g} s")

    @property
    def is_settled(self) -> bool:
        return self._completion is not None or bool(self._refusal)

    def _next_name(self) -> str:
        self._executed += 1
        return f"step-{self._executed}"
