"""Every wish to dial is a row: refused, or reserved before the switch is asked.

A reservation is counted and made in one transaction that no other process can enter, so that of
many callers at the same moment not one gets past a limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lines.dialling.limits import Bound, spent
from store.database import database, is_sqlite, translated, writing
from store.fields import clean
from store.models import DialAttempt
from store.models.line import CostClass, DialState, Door

LOCK = 7_265_738
"""PostgreSQL advisory lock of the reservations: any number that nobody else uses."""
KEPT = timedelta(days=400)
"""Longer than a year, in which somebody may ask for a bill to be explained."""
MOST_REFUSED = 1_000
"""Rows of refusals in an hour: a phone that dials at random must not fill the disk."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to dial what, and through which door. All texts are hostile."""

    number: str
    door: Door
    asked_by: str
    call: str
    cost: CostClass = CostClass.UNKNOWN
    rule: str = ""
    trunk: str = ""


@translated()
def reserve(wish: Wish, bounds: Sequence[Bound], now: datetime) -> int | Bound:
    """The id of the reservation, or the bound that leaves no room: then nothing is written."""
    with writing():
        if bounds and not is_sqlite():
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        full = spent(bounds, _asker(wish), now, clean(wish.call, 64))
        return full or _insert(wish, now, DialState.RESERVED)


@translated()
def refuse(wish: Wish, reason: str, now: datetime) -> None:
    """Where somebody tries on and on, not every attempt is a row."""
    refused = (DialAttempt.state == DialState.REFUSED) & (DialAttempt.at > now - HOUR)
    if DialAttempt.select().where(refused).count() < MOST_REFUSED:
        _insert(wish, now, DialState.REFUSED, reason)


@translated()
def settle(reservation: int, outcome: str, now: datetime) -> None:
    """The call is over; a second time changes nothing."""
    _end(reservation, DialState.SETTLED, now, outcome)


@translated()
def release(reservation: int, now: datetime) -> None:
    """It was not dialled after all, and does not count."""
    _end(reservation, DialState.RELEASED, now, "")


@translated()
def over(bounds: Sequence[Bound], asked_by: str, now: datetime) -> Bound | None:
    """The bound that leaves no room just now; nothing is reserved."""
    return spent(bounds, clean(asked_by, 64), now)


@translated()
def newest(most: int, state: DialState | None = None) -> Sequence[DialAttempt]:
    """The last rows, newest first; only those of `state` if one is given."""
    rows = DialAttempt.select().order_by(DialAttempt.id.desc()).limit(most)
    return list(rows.where(DialAttempt.state == state) if state else rows)


@translated()
def forget(now: datetime) -> int:
    """Remove rows that nobody will ask for any more; how many."""
    return int(DialAttempt.delete().where(DialAttempt.at < now - KEPT).execute())


def _asker(wish: Wish) -> str:
    return clean(wish.asked_by, 64)


def _insert(wish: Wish, now: datetime, state: DialState, reason: str = "") -> int:
    row = DialAttempt.create(
        at=now,
        number=clean(wish.number, 64),
        cost_class=wish.cost,
        door=wish.door,
        asked_by=_asker(wish),
        call=clean(wish.call, 64),
        state=state,
        rule=wish.rule,
        trunk=wish.trunk,
        reason=clean(reason, 200),
    )
    return int(row.id)


def _end(reservation: int, state: DialState, now: datetime, outcome: str) -> None:
    mine = (DialAttempt.id == reservation) & (DialAttempt.state == DialState.RESERVED)
    facts = {"state": state, "settled_at": now, "outcome": clean(outcome, 32)}
    DialAttempt.update(facts).where(mine).execute()
