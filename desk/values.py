"""Values of any database as plain, bounded ones that a flow can speak."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

MAX_TEXT = 4_000
"""Characters; nobody listens to more."""
MAX_DIGITS = 60
DAY = timedelta(days=1)


def rows(columns: Sequence[str], found: Iterable[Sequence[Any]]) -> list[Mapping[str, Any]]:
    """One mapping for each row; a column named twice is taken from the right."""
    return [dict(zip(columns, map(plain, row), strict=True)) for row in found]


def plain(value: Any) -> Any:
    """A str, int, float, Decimal, bool, date, time, datetime or None."""
    if value is None or isinstance(value, bool | date | time):
        return value
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value[: MAX_TEXT * 4]).decode("utf-8", "replace")[:MAX_TEXT]
    if isinstance(value, timedelta) and timedelta() <= value < DAY:  # MySQL's TIME
        return (datetime.min + value).time()
    return str(value)[:MAX_TEXT]


def _number(value: Any) -> Any:
    """NaN and infinity say nothing; huge numbers are cut off as texts."""
    if isinstance(value, int):
        return value if abs(value) < 10**MAX_DIGITS else None
    if not math.isfinite(value):
        return None
    if isinstance(value, Decimal) and abs(value.adjusted()) > MAX_DIGITS:
        return None
    return value


def moment(value: Any, now: datetime) -> datetime | None:
    """A column's value as a moment; one without a zone is in the paper's. None when it is none."""
    try:
        found = _moment(value)
    except (ValueError, OverflowError, OSError):
        return None
    return found.replace(tzinfo=now.tzinfo) if found and found.tzinfo is None else found


def _moment(value: Any) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value.strip())
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return datetime.fromtimestamp(float(value)).astimezone()  # seconds since 1970
    return None
