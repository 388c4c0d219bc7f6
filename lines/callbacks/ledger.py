"""All call-backs, for people: listed, brought forward, cancelled. Blocks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lines.errors import CallbackUnknown
from store.database import translated, writing
from store.models import Callback
from store.models.callback import CallbackState

KEPT = timedelta(days=90)
"""Somebody may ask why they were called, or were not."""
OPEN = (CallbackState.WAITING, CallbackState.CALLING)


@translated()
def newest(most: int, *, only_open: bool = False) -> Sequence[Callback]:
    """Newest first. Raises `StoreAway`."""
    rows = Callback.select().order_by(Callback.id.desc()).limit(most)
    return list(rows.where(Callback.state.in_(OPEN)) if only_open else rows)


@translated()
def bring_forward(number: int, now: datetime) -> Callback:
    """It is due now, though within its hours only. Raises `CallbackUnknown`, `StoreAway`."""
    waiting = Callback.state == CallbackState.WAITING
    return _changed(number, waiting, next_at=now)


@translated()
def cancel(number: int, now: datetime) -> bool:
    """Nobody is called; whether a phone may be ringing for it just now.

    Raises `CallbackUnknown`, `StoreAway`.
    """
    with writing():
        row = Callback.get_or_none(Callback.id == number, Callback.state.in_(OPEN))
        was_calling = row is not None and row.state == CallbackState.CALLING
        facts = {"state": CallbackState.CANCELLED, "ended_at": now, "claimed_by": ""}
        _changed(number, Callback.state.in_(OPEN), **facts)
        return was_calling


@translated()
def forget(now: datetime) -> int:
    """Remove what is over for long; how many. Raises `StoreAway`."""
    return int(Callback.delete().where(Callback.ended_at < now - KEPT).execute())


def _changed(number: int, which: object, **facts: object) -> Callback:
    if not Callback.update(facts).where(Callback.id == number, which).execute():
        raise CallbackUnknown(number)
    found: Callback = Callback.get_by_id(number)
    return found
