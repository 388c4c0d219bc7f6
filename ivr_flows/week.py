"""Weekly hours and holidays as people write them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ivr_flows.problem import Fault, nearest, one_of, quoted
from ivr_flows.scalars import as_text
from ivr_flows.text import refused

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.ASCII)
_YEARLY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)

Span = tuple[int, int]
"""Minutes since midnight, from and until; until may lie in the next day."""


@dataclass(frozen=True, slots=True)
class Holidays:
    once: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()
    """Month and day."""

    def __contains__(self, day: date) -> bool:
        return day in self.once or (day.month, day.day) in self.yearly


@dataclass(frozen=True, slots=True)
class Week:
    spans: Mapping[int, tuple[Span, ...]]
    """Weekday (0 is Monday) to hours."""

    def covers(self, now: datetime, holidays: Holidays) -> bool:
        """Whether `now` lies in the hours of its day, or in the night of the day before."""
        minute = now.hour * 60 + now.minute
        today = now.date()
        yesterday = today - timedelta(days=1)
        return self._open(today, minute, holidays) or self._open(
            yesterday, minute + DAY_MINUTES, holidays
        )

    def _open(self, day: date, minute: int, holidays: Holidays) -> bool:
        if day in holidays:
            return False
        return any(start <= minute < end for start, end in self.spans.get(day.weekday(), ()))


def parse_week(value: Any) -> Week:
    if not isinstance(value, Mapping) or not value:
        raise refused([Fault((), "bad weekly hours, expected {mon-fri: 09:00-17:00}")])
    faults: list[Fault] = []
    spans: dict[int, tuple[Span, ...]] = {}
    for key, hours in value.items():
        read = _spans(key, hours, faults)
        for day in _days(key, faults):
            spans[day] = spans.get(day, ()) + read
    if faults:
        raise refused(faults)
    return Week(spans)


def _days(key: str, faults: list[Fault]) -> Iterator[int]:
    first, _, last = key.lower().partition("-")
    for name in (first, last or first):
        if name not in DAYS:
            message = f"unknown day {quoted(name)}, expected {one_of(DAYS)} or mon-fri"
            faults.append(Fault((key,), message, nearest(name, DAYS), at_key=True))
            return
    start, end = DAYS.index(first), DAYS.index(last or first)
    yield from (day % 7 for day in range(start, end + 1 if end >= start else end + 8))


def _spans(key: str, hours: Any, faults: list[Fault]) -> tuple[Span, ...]:
    listed = hours if isinstance(hours, list) else [hours]
    spans = [_span(item) for item in listed]
    for item, span in zip(listed, spans, strict=True):
        if span is None:
            faults.append(Fault((key,), f"bad hours {quoted(item)}, expected 09:00-17:30"))
    return tuple(span for span in spans if span)


def _span(value: Any) -> Span | None:
    found = _SPAN.fullmatch(str(as_text(value)).strip())
    if not found:
        return None
    hour, minute, end_hour, end_minute = map(int, found.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if max(minute, end_minute) > 59 or start >= DAY_MINUTES or end > DAY_MINUTES or start == end:
        return None
    return start, end if end > start else end + DAY_MINUTES


def parse_holidays(value: Any) -> Holidays:
    if not isinstance(value, list):
        raise refused([Fault((), "bad holidays, expected a list of days")])
    once, yearly, faults = set(), set(), []
    for index, item in enumerate(value):
        text = str(as_text(item))
        found = _YEARLY.fullmatch(text)
        try:
            if found:
                # 2000 was a leap year, so that 02-29 is a day.
                day = date(2000, int(found[1]), int(found[2]))
                yearly.add((day.month, day.day))
            else:
                once.add(date.fromisoformat(text))
        except ValueError:
            message = f"bad day {quoted(text)}, expected 2027-01-01 or 12-25"
            faults.append(Fault((index,), message))
    if faults:
        raise refused(faults)
    return Holidays(frozenset(once), frozenset(yearly))
