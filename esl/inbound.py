"""Connections that we open to the switch: one for commands, one for events.

Two, because on a single one a reply waits behind every event queued before it.
"""

import logging
from collections.abc import Callable, Sequence

import gevent
from gevent import socket
from gevent.queue import Queue
from greenswitch.esl import InboundESL

from esl import commands
from esl.errors import AuthFailed, CommandFailed, ConnectFailed
from esl.event import Event
from esl.protocol import COMMAND_LIMIT, SafeProtocol, without_delay

log = logging.getLogger(__name__)

EVENTS_KEPT = 1000
"""Events read but not handled yet: 6 MB at 5.6 kB each. Beyond, the switch keeps them."""
EVENTS_BETWEEN_BREATHS = 50


class CommandConnection(SafeProtocol, InboundESL):  # type: ignore[misc]  # untyped base
    """Commands and their replies; no events."""

    def __init__(self, host: str, port: int, password: str, timeout: float = 5.0) -> None:
        """`timeout`: seconds allowed for the connection, the greeting and the password, each."""
        super().__init__()
        self.host = host
        self.port = port
        self.password = password
        self.timeout = timeout

    def connect(self) -> None:
        """Raises `ConnectFailed`, `AuthFailed`; also what `request` raises."""
        where = f"{self.host}:{self.port}"
        try:
            self.sock = socket.create_connection((self.host, self.port), timeout=self.timeout)
        except OSError as fault:
            raise ConnectFailed(
                f"no switch answers at {where} ({fault}): is it running, does its Event Socket "
                "listen there?"
            ) from fault
        self.sock.settimeout(None)
        without_delay(self.sock)
        self.connected = True
        self.start_event_handlers()
        self._await_greeting(where)
        self.authenticate()

    def _await_greeting(self, where: str) -> None:
        if self._auth_request_event.wait(self.timeout) and self.connected:
            return
        reason = self.lost_because or f"no greeting in {self.timeout:g} s"
        self.stop()
        raise ConnectFailed(f"{where} is no Event Socket for us: {reason}")

    def authenticate(self) -> None:
        try:
            reply = self.request(b"auth " + commands.line(self.password), self.timeout)
        except BaseException:
            self.stop()
            raise
        if not reply.data.startswith("+OK"):
            self.stop()
            raise AuthFailed(
                f"the switch at {self.host}:{self.port} refused the password ({reply.data}): "
                "it must equal the one in its event_socket.conf.xml"
            )

    def api(self, command: str, limit: float = COMMAND_LIMIT) -> str:
        """What an api answers. Raises `CommandFailed` when that is `-ERR` or `-USAGE`."""
        return checked_reply(command, self.request(commands.api(command), limit).data)

    def stop(self) -> None:
        """Close. Idempotent, never raises; not for the loop itself, which it lets turn once.

        gevent closes a socket that a greenlet reads in the loop's next turn, and in a program that
        blocks nobody turns it: the switch would keep the connection until the next question.
        """
        super().stop()
        gevent.sleep(0)


class EventConnection(CommandConnection):
    """Subscribes to events and hands each to `on_event`, in order, in a greenlet of its own.

    When the handler is slower than the switch the reader waits: nothing is lost and memory
    stays flat, as the switch keeps up to 100,000 events of its own (mod_event_socket.c,
    MAX_QUEUE_LEN).
    """

    def __init__(
        self,
        host: str,
        port: int,
        password: str,
        *,
        on_event: Callable[[Event], None],
        timeout: float = 5.0,
    ) -> None:
        super().__init__(host, port, password, timeout)
        self._esl_event_queue: Queue[Event] = Queue(maxsize=EVENTS_KEPT)
        self.register_handle("*", on_event)

    def start_event_handlers(self) -> None:
        super().start_event_handlers()
        self._process_events_greenlet = gevent.spawn(self.process_events)

    def subscribe(self, subscriptions: Sequence[str]) -> None:
        reply = self.request(commands.event_json(subscriptions), self.timeout)
        checked_reply("event json", reply.data)

    def on_channel_event(self, event: Event) -> None:
        self._esl_event_queue.put(event)

    def process_events(self) -> None:
        handled = 0
        while True:
            event = self._esl_event_queue.get()
            for handler in self.event_handlers["*"]:
                self._safe_exec_handler(handler, event)
            handled += 1
            if handled % EVENTS_BETWEEN_BREATHS == 0:
                gevent.sleep(0.001)

    def _safe_exec_handler(self, handler: Callable[[Event], None], event: Event) -> None:
        try:
            handler(event)
        except Exception:
            log.exception("an event's handler failed; the next event follows")

    def stop(self) -> None:
        super().stop()
        if self._process_events_greenlet is not None:
            self._process_events_greenlet.kill(block=False)


def checked_reply(command: str, reply: str) -> str:
    """Raises `CommandFailed` when `reply` says so."""
    if reply.startswith(("-ERR", "-USAGE")):
        raise CommandFailed(command, reply.strip())
    return reply
