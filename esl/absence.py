"""Calls that sit in a room without a connection of their own, and come back by the dialplan.

FreeSWITCH serves each call's connection by a thread that looks at it 50 times a second
(mod_event_socket.c, read_packet). With hundreds of people in rooms these threads take the rooms'
own threads the time in which to mix. So the connection is closed: the switch is told beforehand
what to do when somebody leaves the room, which is to send the call where it first came from.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from gevent.event import AsyncResult

from esl.errors import CommandFailed
from esl.event import Event
from esl.session import CallSession

log = logging.getLogger(__name__)

SUBSCRIPTION = "CHANNEL_HANGUP"
TOKEN = "pressline_back"
"""Variable: tells one who comes back from one whom a phone has transferred to us meanwhile."""
GONE = "NORMAL_CLEARING"
"""The cause where none is known."""
_DIALLED = re.compile(r"[0-9*#+]{1,20}\Z")
_CONTEXT = re.compile(r"[A-Za-z0-9_.-]{1,64}\Z")


@dataclass(frozen=True, slots=True)
class Return:
    """By a connection of its own, as it was when it came."""

    session: CallSession
    description: Event


@dataclass(frozen=True, slots=True)
class Ended:
    cause: str


@dataclass(slots=True)
class Absence:
    """One call's time without a connection."""

    token: str
    end: "AsyncResult[Return | Ended]" = field(default_factory=AsyncResult)


class Switch(Protocol):
    def api(self, command: str) -> str: ...


class Absences:
    """All calls that are away. `on_event` and `switch_is_back` are told what the switch tells."""

    def __init__(self, switch: Switch) -> None:
        """`switch` must subscribe to `SUBSCRIPTION`."""
        self._switch = switch
        self._away: dict[str, Absence] = {}
        self._tokens = count(1)

    def begin(self, call_id: str) -> Absence:
        """Before the call is sent away: from now on its return and its end are seen."""
        return self._away.setdefault(call_id, Absence(str(next(self._tokens))))

    def over(self, call_id: str) -> None:
        """Nobody waits for it any more."""
        self._away.pop(call_id, None)

    def came(self, session: CallSession, description: Event) -> bool:
        """Whether this call was away and is back: then it goes on where it had been left."""
        absence = self._away.get(session.id)
        if absence is None:
            return False
        self.over(session.id)
        if description.get(f"variable_{TOKEN}") != absence.token:
            absence.end.set(Ended(GONE))  # for its program; a phone has sent it to another one
            return False
        absence.end.set(Return(session, description))
        return True

    def on_event(self, event: Event) -> None:
        """Every event of the switch; others than hang-ups are left alone."""
        if event.name == SUBSCRIPTION and self._away:
            self._end(event.get("Unique-ID"), event.get("Hangup-Cause") or GONE)

    def switch_is_back(self, channels: Iterable[Mapping[str, Any]]) -> None:
        """`channels`: its rows of all calls. Who is not among them has hung up meanwhile."""
        there = {str(row.get("uuid")) for row in channels}
        for call_id in [each for each in self._away if each not in there]:
            self._end(call_id, GONE)

    def hang_up(self, call_id: str, cause: str) -> None:
        """Raises as `Switch.api`, but nothing when it has gone already."""
        try:
            self._switch.api(f"uuid_kill {call_id} {cause}")
        except CommandFailed as gone:
            log.info("a call that is away is gone: %s", gone)
            self._end(call_id, GONE)

    def _end(self, call_id: str, cause: str) -> None:
        absence = self._away.pop(call_id, None)
        if absence is not None:
            absence.end.set(Ended(cause))


def way_back(dialled: str, context: str) -> str | None:
    """Where to a call is transferred to come here again; None for what cannot be dialled anew."""
    if not _DIALLED.match(dialled) or not _CONTEXT.match(context):
        return None
    return f"{dialled} XML {context}"


def route(argument: str, token: str, back: str) -> str:
    """For `transfer`: into the room, and when that is over, back (mod_dptools.c,
    inline_dialplan_hunt)."""
    return f"'m:^:conference:{argument}^set:{TOKEN}={token}^transfer:{back}' inline"
