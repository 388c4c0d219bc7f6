"""The switch as a whole: always connected, or on the way to be, and able to say which."""

import json
import logging
import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import gevent
from gevent.event import AsyncResult
from gevent.event import Event as Flag

from esl import commands, lamp
from esl.errors import (
    AuthFailed,
    CommandTimeout,
    ConnectionLost,
    EslError,
)
from esl.event import Event
from esl.inbound import CommandConnection, EventConnection, checked_reply
from esl.protocol import COMMAND_LIMIT, awaited

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 2.0
"""Seconds between attempts; doubled from the first to the longest, with a tenth of chance."""
HEARTBEAT = 2.0
"""Seconds between checks that the switch still answers."""
MUTE_AFTER = 3.0
"""Seconds without an answer after which people are told."""
GIVEN_UP_AFTER = 10.0
"""Seconds without an answer after which the connection is taken for dead: a slow command may stand
before the check."""
JOB_EVENT = "BACKGROUND_JOB"


class SwitchStatus(StrEnum):
    STOPPED = "stopped"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    MUTE = "mute"
    UNREACHABLE = "unreachable"
    AUTH_FAILED = "auth_failed"


@dataclass(frozen=True, slots=True)
class SwitchState:
    """Where we stand with the switch, for /healthz."""

    status: SwitchStatus
    reason: str
    """In plain words."""


class Switch:
    """Two connections (commands, events), made anew after each loss and then resynced."""

    def __init__(
        self,
        address: tuple[str, int],
        password: str,
        *,
        subscriptions: Sequence[str],
        on_event: Callable[[Event], None],
        on_resync: Callable[[Sequence[Mapping[str, Any]]], None],
        on_message_query: Callable[[str], None] | None = None,
    ) -> None:
        """`on_resync` gets the rows of `show channels` after every (re)connect.

        `on_message_query` is called with the account of a phone that wants to know of its
        messages; answer with `message_waiting`. The account comes from the phone: hostile.
        """
        self._address = address
        self._password = password
        own = [JOB_EVENT] if on_message_query is None else [JOB_EVENT, lamp.QUERY_EVENT]
        self._subscriptions = [*own, *(name for name in subscriptions if name not in own)]
        self._wants_jobs = JOB_EVENT in subscriptions
        self._on_event = on_event
        self._on_resync = on_resync
        self._on_message_query = on_message_query
        self._commands: CommandConnection | None = None
        self._events: EventConnection | None = None
        self._jobs: dict[str, AsyncResult[str]] = {}
        self._lost = Flag()
        self._keeper: gevent.Greenlet[[], None] | None = None
        self.state = SwitchState(SwitchStatus.STOPPED, "not started")

    # --- life

    def start(self) -> None:
        """Connects in the background; returns at once."""
        if self._keeper is None:
            self._keeper = gevent.spawn(self._keep)

    def stop(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.kill()
        self._drop("stopped")
        self.state = SwitchState(SwitchStatus.STOPPED, "stopped")

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                self._connect()
                pause = FIRST_PAUSE
                self._watch()
            except AuthFailed as fault:
                self.state = SwitchState(SwitchStatus.AUTH_FAILED, str(fault))
            except EslError as fault:
                self.state = SwitchState(SwitchStatus.UNREACHABLE, str(fault))
            except Exception:
                log.exception("the switch's connection failed in an unforeseen way")
                self.state = SwitchState(SwitchStatus.UNREACHABLE, "an internal error, see the log")
            log.warning("switch: %s; next attempt in %.1f s", self.state.reason, pause)
            self._drop(self.state.reason)
            gevent.sleep(pause * random.uniform(0.9, 1.1))
            pause = min(pause * 2, LONGEST_PAUSE)

    def _connect(self) -> None:
        host, port = self._address
        self.state = SwitchState(SwitchStatus.CONNECTING, f"connecting to {host}:{port}")
        self._lost.clear()
        self._commands = _Watched(self._lost, host, port, self._password)
        self._commands.connect()
        self._events = _WatchedEvents(self._lost, host, port, self._password, on_event=self._route)
        self._events.connect()
        # Subscribed before the snapshot is taken: a call that starts between is seen twice
        # rather than never.
        self._events.subscribe(self._subscriptions)
        self._on_resync(self.show("channels"))
        self.state = SwitchState(SwitchStatus.CONNECTED, f"connected to {host}:{port}")

    def _watch(self) -> None:
        """Returns never: raises `ConnectionLost` when either connection is gone or mute."""
        connected = self.state
        while not self._lost.wait(HEARTBEAT):
            try:
                self._check()
            except CommandTimeout as fault:
                raise ConnectionLost(f"the switch does not answer ({fault})") from fault
            self.state = connected
        raise ConnectionLost("the switch closed the connection")

    def _check(self) -> None:
        """A switch that is frozen leaves its connections open: only its answer tells."""
        answer = self.commands_connection().asked(commands.api("uptime"))
        answer.wait(MUTE_AFTER)
        if not answer.ready():
            reason = f"the switch has not answered for {MUTE_AFTER:g} s"
            log.warning("switch: %s", reason)
            self.state = SwitchState(SwitchStatus.MUTE, reason)
        awaited(answer, GIVEN_UP_AFTER - MUTE_AFTER, "sign of life")

    def _drop(self, reason: str) -> None:
        ended, self._commands, self._events = (self._commands, self._events), None, None
        jobs, self._jobs = self._jobs, {}
        for job in jobs.values():
            job.set_exception(ConnectionLost(reason))
        for connection in ended:
            if connection is not None:
                connection.stop()

    # --- events

    def _route(self, event: Event) -> None:
        if event.name == JOB_EVENT:
            job = self._jobs.pop(event.get("Job-UUID"), None)
            if job is not None:
                job.set(event.body)
            if not self._wants_jobs:
                return
        elif event.name == lamp.QUERY_EVENT and self._on_message_query is not None:
            self._on_message_query(event.get("Message-Account"))
            return
        self._on_event(event)

    # --- commands

    def commands_connection(self) -> CommandConnection:
        if self._commands is None or not self._commands.connected:
            raise ConnectionLost(f"the switch is not connected: {self.state.reason}")
        return self._commands

    def api(self, command: str, limit: float = COMMAND_LIMIT) -> str:
        """Run an api and wait, in seconds at most `limit`. Others wait behind a slow one.

        Raises `CommandFailed`, `CommandTimeout`, `ConnectionLost`, `UnsafeArgument`.
        """
        return self.commands_connection().api(command, limit)

    def show(self, what: str) -> list[Mapping[str, Any]]:
        """The rows of `show <what>`, for instance of `channels`. Raises as `api`."""
        return rows(self.api(f"show {what} as json"))

    def bgapi(self, command: str, limit: float = COMMAND_LIMIT) -> str:
        """As `api`, beside other commands: for what takes long, such as `originate`."""
        name = str(uuid.uuid4())
        job: AsyncResult[str] = AsyncResult()
        self._jobs[name] = job
        try:
            reply = self.commands_connection().request(commands.bgapi(command, name), limit)
            checked_reply(command, reply.data)
            return checked_reply(command, awaited(job, limit, f"result of {command[:80]!r}"))
        finally:
            self._jobs.pop(name, None)

    def send_event(self, subclass: str, headers: Mapping[str, str], body: str = "") -> None:
        """A CUSTOM event to every process that subscribed to `subclass`."""
        command = commands.sendevent(subclass, headers, body)
        reply = self.commands_connection().request(command)
        checked_reply(f"sendevent {subclass}", reply.data)

    def message_waiting(
        self, account: str, new: int, saved: int, urgent_new: int = 0, urgent_saved: int = 0
    ) -> None:
        """Set the lamp on all phones of an account, `sip:<user>@<domain>`.

        Raises `CommandFailed`, `CommandTimeout`, `ConnectionLost`, `UnsafeArgument`.
        """
        waiting = lamp.Waiting(new, saved, urgent_new, urgent_saved)
        reply = self.commands_connection().request(lamp.message_waiting(account, waiting))
        checked_reply("sendevent MESSAGE_WAITING", reply.data)


class _Watched(CommandConnection):
    def __init__(self, lost: Flag, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._lost_flag = lost

    def on_lost(self) -> None:
        self._lost_flag.set()


class _WatchedEvents(_Watched, EventConnection):
    """The same for events."""


def rows(answer: str) -> list[Mapping[str, Any]]:
    """Without anything to show there is no `rows` at all."""
    try:
        given = json.loads(answer)
    except (ValueError, RecursionError) as fault:
        raise ConnectionLost(f"show answered no json: {answer[:80]!r}") from fault
    rows = given.get("rows", []) if isinstance(given, dict) else []
    return [row for row in rows if isinstance(row, dict)]
