"""Calls for meetings while the box runs: reminders, and bringing guests in when one begins."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import gevent
import structlog
from gevent.event import Event as Flag

from lines.meetings.wanted import Wanted
from lines.outgoing import Outgoing, Placed
from store import this_box

from ..errors import SidecarError

log = structlog.get_logger()

EVERY = 5.0
"""Seconds between looks: so much later than at its minute may a guest be called."""
MOST = 40
"""Calls in hand at once; `OutgoingCalls` lets some twenty of them ring."""
LIMIT = 30.0
"""Seconds for the store: nobody waits on the line."""
HEARD_LIMIT = 600.0
"""Seconds for a guest to hear a reminder, as often as they like."""


class Tasks(Protocol):
    """The switchboard's sidecar."""

    def run(self, task: str, *arguments: Any, limit: float) -> Any:
        """Raises `SidecarError`."""


class MeetingCalls:
    """Places what is due; all that must last is in the store."""

    def __init__(
        self, sidecar: Tasks, outgoing: Outgoing, is_connected: Callable[[], bool]
    ) -> None:
        """`is_connected`: whether the switch can be asked; without it every attempt would fail."""
        self._sidecar = sidecar
        self._outgoing = outgoing
        self._is_connected = is_connected
        self._life = this_box.new_life()
        self._held: dict[int, str] = {}
        """Ids of calls, by errand."""
        self._changed = Flag()
        self._stopping = False

    def start(self) -> None:
        gevent.spawn(self._run)

    def stop(self) -> None:
        """Place nothing more: what rings now is given up, and is found again by the next life."""
        self._stopping = True

    def changed(self) -> None:
        """Somebody has made, moved or cancelled something: look at once."""
        self._changed.set()

    def _run(self) -> None:
        while not self._stopping:
            try:
                if self._is_connected():
                    self._look()
            except SidecarError as error:
                log.warning("nobody knows which guests to call", reason=str(error))
            except Exception:  # the top of a task
                log.exception("looking for guests to call failed")
            self._changed.wait(EVERY)
            self._changed.clear()

    def _look(self) -> None:
        if self._held:
            for errand in self._ask("meetings_withdrawn", list(self._held)):
                self._outgoing.withdraw(self._held.get(errand, ""))
        if (free := MOST - len(self._held)) > 0:
            found: Sequence[Wanted] = self._ask("meetings_take", self._life, free, list(self._held))
            for wanted in found:
                self._held[wanted.errand] = wanted.call.id
                gevent.spawn(self._serve, wanted)

    def _serve(self, wanted: Wanted) -> None:
        try:
            placed = self._outgoing.place(wanted.call)
            tags = _tags(placed) if wanted.has_answer else []
            self._report(wanted, placed, tags)
        except Exception:  # the top of a task; held still, so that nobody is called on and on
            log.exception("calling a guest failed", errand=wanted.errand)
        else:
            del self._held[wanted.errand]

    def _report(self, wanted: Wanted, placed: Placed, tags: Sequence[str]) -> None:
        """Until it is kept: a guest who was reached must not be called again."""
        told = (self._life, wanted.errand, placed.outcome, placed.reason, tags)
        while True:
            try:
                self._ask("meetings_report", *told)
            except SidecarError as error:
                log.warning("what became of a guest's call is not kept", reason=str(error))
                gevent.sleep(EVERY)
            else:
                return

    def _ask(self, task: str, *arguments: Any) -> Any:
        return self._sidecar.run(task, *arguments, limit=LIMIT)


def _tags(placed: Placed) -> Sequence[str]:
    """What whoever answered has keyed, as the flow says."""
    run = placed.over(HEARD_LIMIT) if placed.answered else None
    return run.tags if run else []
