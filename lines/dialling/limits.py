"""How many calls were placed in the last hour and day, against how many may be.

What was refused or never dialled does not count; what was reserved does, whatever became of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from lines.dialling.entry import LimitEntry
from lines.dialling.rules import Rulebook
from store.models import DialAttempt
from store.models.line import CostClass, DialState

LONGEST_CALL: Final = timedelta(hours=4)
"""A reservation that is older is no call any more: the box died before it could note its end."""
COUNTED: Final = (DialState.RESERVED, DialState.SETTLED)
OUTSIDE: Final = tuple(cost for cost in CostClass if cost is not CostClass.INSIDE)
SPANS: Final[Mapping[str, timedelta]] = {
    "per_hour": timedelta(hours=1),
    "per_day": timedelta(days=1),
}
REACHED: Final = "the limit is reached"
"""Begins the reason of each call that a limit refused."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit that a call has to keep."""

    most: int
    span: timedelta
    cost: CostClass | None
    """None for everything outside the house."""
    each: bool
    """Whether only the calls of the same asker are counted."""
    at_once: bool = False
    """Whether only the calls are counted that go on still, however many numbers each has rung."""

    def __str__(self) -> str:
        if self.at_once:
            return f"{self.cost or 'outside'} calls by the same asker at one time: {self.most}"
        what = f"{self.cost} calls" if self.cost else "calls"
        whose = " by the same asker" if self.each else ""
        span = "an hour" if self.span < timedelta(days=1) else "a day"
        return f"{what}{whose} in {span}: {self.most}"


def bounds(book: Rulebook, cost: CostClass) -> Sequence[Bound]:
    """All that a call of this class has to keep."""
    found = list(_of(book.classes.get(cost, LimitEntry()), cost))
    return found if cost is CostClass.INSIDE else [*_of(book.overall, None), *found]


def spent(found: Sequence[Bound], asked_by: str, now: datetime, call: str = "") -> Bound | None:
    """The first bound that leaves no room for one more call. Asks the store.

    `call`: the uuid of the call that asks; what it dials at one time is one.
    """
    counts = ((bound, _count(bound, asked_by, now, call)) for bound in found)
    return next((bound for bound, count in counts if count >= bound.most), None)


def _of(limit: LimitEntry, cost: CostClass | None) -> Iterator[Bound]:
    for name, span in SPANS.items():
        for each in (False, True):
            most = getattr(limit, f"each_{name}" if each else name)
            if most is not None:
                yield Bound(most, span, cost, each)
    if limit.each_at_once is not None:
        yield Bound(limit.each_at_once, LONGEST_CALL, cost, each=True, at_once=True)


def _count(bound: Bound, asked_by: str, now: datetime, call: str) -> int:
    # Named one by one, not "all but inside": that is what the index can look up.
    of_class = DialAttempt.cost_class.in_([bound.cost] if bound.cost else OUTSIDE)
    counted = _states(bound) & of_class & (DialAttempt.at > now - bound.span)
    if bound.each:
        counted &= DialAttempt.asked_by == asked_by
    if bound.at_once:
        others = counted & (DialAttempt.call != call)
        return int(DialAttempt.select(DialAttempt.call).where(others).distinct().count())
    return int(DialAttempt.select().where(counted).count())


def _states(bound: Bound) -> Any:
    return DialAttempt.state.in_([DialState.RESERVED] if bound.at_once else COUNTED)
