"""Weekly hours: `{mon-fri: "08:00-18:00", sat: ["09:00-12:00", "14:00-16:00"]}`."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator

from store.errors import HoursInvalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
WEEK = 7 * DAY
SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d)\s*-\s*([01]\d|2[0-4]):([0-5]\d)", re.ASCII)

Spans = Sequence[tuple[int, int]]
"""Minutes of the week, from and until; one that passes Sunday's midnight ends beyond `WEEK`."""


def _checked(value: Any) -> Any:
    if isinstance(value, Mapping):
        parse({str(days): spans for days, spans in value.items()})
    return value


Weekly = Annotated[dict[str, str | list[str]] | None, BeforeValidator(_checked)]
"""Hours as a field of a pydantic model; none means always open."""


def parse(hours: Mapping[str, str | Sequence[str]]) -> Spans:
    """Raises `HoursInvalid`."""
    return [
        _span(day, text)
        for days, texts in hours.items()
        for day in _days(days)
        for text in ([texts] if isinstance(texts, str) else texts)
    ]


def is_open(spans: Spans, at: datetime) -> bool:
    """Whether `at`, local time of the paper, lies within the hours."""
    minute = at.weekday() * DAY + at.hour * 60 + at.minute
    return any(start <= minute < end or start <= minute + WEEK < end for start, end in spans)


def _days(text: str) -> Sequence[int]:
    first, dash, last = text.strip().lower().partition("-")
    if first not in DAYS or (dash and last not in DAYS):
        raise HoursInvalid(f'days "{text[:40]}": expected one of {", ".join(DAYS)}, or mon-fri')
    start = DAYS.index(first)
    length = (DAYS.index(last) - start) % 7 if dash else 0
    return [(start + step) % 7 for step in range(length + 1)]


def _span(day: int, text: str) -> tuple[int, int]:
    found = SPAN.fullmatch(text.strip())
    if not found:
        raise HoursInvalid(f'hours "{text[:40]}": expected a span such as "08:00-18:00"')
    start, end = (int(h) * 60 + int(m) for h, m in (found.groups()[:2], found.groups()[2:]))
    if start >= DAY or end > DAY or start == end:
        raise HoursInvalid(f'hours "{text[:40]}": expected times from 00:00 to 24:00 that differ')
    return day * DAY + start, day * DAY + (end if end > start else end + DAY)
