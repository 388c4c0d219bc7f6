"""Calls of today and of the last days, as figures and for charts; days are the paper's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.call_counts import Count, that_came

DAYS = 7
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    calls: int
    answered: int
    before_calls: int
    """On the same day of the week before, until the same time."""
    before_answered: int
    hours: Sequence[Count]
    """Of today, from midnight on."""
    days: Sequence[Count]
    """The last ones, today included."""

    @property
    def rate(self) -> int | None:
        """Per cent of the calls that were answered; None without calls."""
        return _rate(self.calls, self.answered)

    @property
    def before_rate(self) -> int | None:
        return _rate(self.before_calls, self.before_answered)


def read_day(at: datetime, zone: ZoneInfo) -> Day:
    """`at` is aware. Raises `StoreAway`."""
    local = at.astimezone(zone)
    midnight = _midnight(local.date(), zone)
    before = _midnight(local.date() - WEEK, zone)
    (last_week,) = that_came([before, before + (at - midnight)])
    hours = that_came(_hours(local.date(), zone))
    days = that_came([_midnight(local.date() - timedelta(days=n), zone) for n in _back()])
    today = days[-1]
    return Day(today.calls, today.answered, last_week.calls, last_week.answered, hours, days)


def _back() -> Sequence[int]:
    return range(DAYS - 1, -2, -1)


def _hours(day: date, zone: ZoneInfo) -> Sequence[datetime]:
    """Of a day of 23, 24 or 25 hours."""
    begins, ends = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    count = round((ends - begins) / timedelta(hours=1))
    return [begins + timedelta(hours=number) for number in range(count)] + [ends]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """In UTC, so that differences are real time, also when the clocks change."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _rate(calls: int, answered: int) -> int | None:
    return round(100 * answered / calls) if calls else None
