"""Which calls are owed now, and what became of them. Blocks, like `booking`."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lines.callbacks.due import Due, Over, call_of
from lines.callbacks.schedule import again, within
from lines.dialling import Dialling, Why
from lines.outgoing import Outcome
from store.database import translated, writing
from store.fields import clean
from store.fields import now as present
from store.models import Callback
from store.models.callback import CallbackState
from store.models.line import Door
from store.this_box import is_of_another_box

GRACE = timedelta(seconds=60)
"""After a crash: longer than the phone that was being called may still ring."""
LATER = timedelta(minutes=15)
"""When a limit of the dialling rules is reached, or their hours are over."""
SPARE_ATTEMPTS = 3
"""That a crash of the box may cut off beyond the wished ones: one of them may be its cause."""


class Caller:
    """The calls of one life of the callbox; what an earlier one had claimed is called again."""

    def __init__(self, dialling: Dialling, zone: ZoneInfo, life: str) -> None:
        self._dialling = dialling
        self._zone = zone
        self._life = life

    @translated()
    def take(
        self, most: int, now: datetime | None = None, *, held: Collection[int] = ()
    ) -> Sequence[Due]:
        """Claim at most so many calls that are due. Raises `StoreAway`.

        `held`: what this callbox is calling; what else it has claimed never reached it, as it
        waited for no answer any longer.
        """
        at = now or present()
        with writing():
            self._find_what_was_cut_off(held, at)
            _expire(at)
            found: list[Due] = []
            for row in _due(at):
                if len(found) == most:
                    break
                if self._may_ring(row, at):
                    found.append(self._claimed(row))
            return found

    @translated()
    def over(self, number: int, end: Over, now: datetime | None = None) -> None:
        """Changes nothing a second time, or when it was cancelled meanwhile. Raises `StoreAway`."""
        at = now or present()
        with writing():
            mine = (Callback.state == CallbackState.CALLING) & (Callback.claimed_by == self._life)
            row = Callback.get_or_none(Callback.id == number, mine)
            if row is not None:
                _change(row, outcome=end.outcome, reason=clean(end.reason, 200))
                _change(row, claimed_by="", **self._after(row, end, at))

    def _after(self, row: Callback, end: Over, at: datetime) -> dict[str, Any]:
        if end.outcome is Outcome.ANSWERED and not end.broken:
            reached = clean(end.call_id, 64)
            return {"state": CallbackState.DONE, "reached": reached, "ended_at": at}
        if end.outcome is Outcome.WITHDRAWN:  # the box stops: it was none of the attempts
            return self._waiting(row, at + GRACE, attempts=row.attempts - 1)
        if row.attempts >= row.most_attempts:
            return {"state": CallbackState.FAILED, "ended_at": at}
        return self._waiting(row, again(row.attempts, end.outcome, at))

    def _find_what_was_cut_off(self, held: Collection[int], at: datetime) -> None:
        for row in Callback.select().where(Callback.state == CallbackState.CALLING):
            if row.claimed_by == self._life and row.id in held:
                continue
            if is_of_another_box(row.claimed_by, self._life):
                continue
            why = "the box stopped during the call"
            if row.attempts >= row.most_attempts + SPARE_ATTEMPTS:
                _change(row, state=CallbackState.FAILED, ended_at=at, reason=why)
            else:
                _change(row, reason=why, claimed_by="", **self._waiting(row, at + GRACE))

    def _may_ring(self, row: Callback, at: datetime) -> bool:
        """Whether it may now; if not, its row says when, or that it never may."""
        same = Callback.number == row.number
        if Callback.select().where(same, Callback.state == CallbackState.CALLING).exists():
            return False
        if (then := within(row.hours, at, self._zone)) > at:
            _change(row, next_at=then)
            return False
        ruling = self._dialling.look(row.number, Door.CALLBACK, row.asked_by).ruling
        if ruling.why in (Why.LIMIT, Why.HOURS):
            _change(row, reason=ruling.detail, **self._waiting(row, at + LATER))
        elif not ruling.allows:
            refused = {"state": CallbackState.REFUSED, "ended_at": at, "reason": ruling.detail}
            _change(row, **refused)
        return ruling.allows

    def _claimed(self, row: Callback) -> Due:
        _change(
            row,
            state=CallbackState.CALLING,
            claimed_by=self._life,
            attempts=row.attempts + 1,
        )
        return Due(row.id, call_of(row))

    def _waiting(self, row: Callback, at: datetime, **facts: Any) -> dict[str, Any]:
        then = within(row.hours, at, self._zone)
        return {"state": CallbackState.WAITING, "next_at": then, **facts}


def _due(at: datetime) -> Sequence[Callback]:
    waiting = Callback.state == CallbackState.WAITING
    rows = Callback.select().where(waiting, Callback.next_at <= at)
    return list(rows.order_by(Callback.next_at, Callback.id))


def _expire(at: datetime) -> None:
    late = (Callback.state == CallbackState.WAITING) & (Callback.until <= at)
    Callback.update(state=CallbackState.EXPIRED, ended_at=at).where(late).execute()


def _change(row: Callback, **facts: Any) -> None:
    Callback.update(facts).where(Callback.id == row.id).execute()
