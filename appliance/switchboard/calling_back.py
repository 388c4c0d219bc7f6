"""Calls back who was promised it: looks for what is due, places it, and notes what came of it."""

from collections.abc import Callable
from typing import Any

import gevent
import structlog
from gevent.event import Event as Flag

from ivr_flows.trace import Run, RunEnd
from lines.callbacks.due import Due, Over, call_name
from lines.callbacks.ports import Booked, Callbacks, CallbacksAway, CallbackWish, Refusal
from lines.outgoing import Outgoing, Placed
from store import this_box

from ..dialling import Asking
from ..errors import SidecarError

log = structlog.get_logger()

EVERY = 5.0
"""Seconds between looks for what is due."""
MOST_AT_ONCE = 5
"""Call-backs that ring or talk at once."""
BOOK_LIMIT = 15.0
"""Seconds to promise a call, while the caller waits."""
LOOK_LIMIT = 20.0
NOTE_LIMIT = 20.0
NOTE_AGAIN = 5.0
"""Seconds between attempts to note what became of a call: until then it would be made again."""
BROKEN = (RunEnd.FAILED, RunEnd.LOST)


class CallingBack:
    """The port `Callbacks`, and the greenlets that keep what it promises."""

    def __init__(
        self, sidecar: Asking, outgoing: Outgoing, is_connected: Callable[[], bool]
    ) -> None:
        """`is_connected`: whether the switch can place calls."""
        self._sidecar = sidecar
        self._outgoing = outgoing
        self._is_connected = is_connected
        self._life = this_box.new_life()
        self._calling: set[int] = set()
        self._look = Flag()

    def start(self) -> None:
        gevent.spawn(self._run)

    # --- what steps and commands ask

    def book(self, wish: CallbackWish) -> Booked | Refusal:
        try:
            answer = self._sidecar.run("callback_book", wish, limit=BOOK_LIMIT)
        except SidecarError as error:
            raise CallbacksAway(str(error)) from error
        assert isinstance(answer, Booked | Refusal)
        self._look.set()
        return answer

    def look(self) -> None:
        """Something may be due now."""
        self._look.set()

    def withdraw(self, callback: int) -> None:
        """Let its phone ring no longer; a call that was taken goes on."""
        self._outgoing.withdraw(call_name(callback))

    # ---

    def _run(self) -> None:
        while True:
            self._look.wait(EVERY)
            self._look.clear()
            free = MOST_AT_ONCE - len(self._calling)
            if free > 0 and self._is_connected():
                for due in self._due(free):
                    self._calling.add(due.id)
                    gevent.spawn(self._call, due)

    def _due(self, most: int) -> list[Due]:
        try:
            held = tuple(self._calling)
            return list(self._asked("callback_take", self._life, most, held, limit=LOOK_LIMIT))
        except SidecarError as error:
            log.warning("it is not known who is to be called back", reason=str(error))
            return []

    def _call(self, due: Due) -> None:
        try:
            placed = self._outgoing.place(due.call)
            run = placed.over(None)
            self._note(due.id, _over(placed, run))
        finally:
            self._calling.discard(due.id)
            self._look.set()

    def _note(self, callback: int, over: Over) -> None:
        while True:
            try:
                self._asked("callback_over", self._life, callback, over, limit=NOTE_LIMIT)
                return
            except SidecarError as error:
                log.warning("what became of a call-back is not noted yet", reason=str(error))
                gevent.sleep(NOTE_AGAIN)

    def _asked(self, task: str, *arguments: object, limit: float) -> Any:
        return self._sidecar.run(task, *arguments, limit=limit)


def _over(placed: Placed, run: Run | None) -> Over:
    broken = placed.answered and (run is None or run.end in BROKEN)
    return Over(placed.outcome, run.reason if run else placed.reason, placed.call_id, broken)


def _is_callbacks(calling: CallingBack) -> Callbacks:
    """Held to the port by the type checker."""
    return calling
