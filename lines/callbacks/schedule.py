"""When somebody is called (again). Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lines.outgoing import Outcome
from store.hours import DAY, WEEK, is_open, parse

PAUSES = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=3))
"""After the first attempt, the second and so on; after later ones the last."""
BUSY = timedelta(minutes=3)
"""Somebody is there, and free again soon."""
Hours = Mapping[str, str | Sequence[str]] | None


def again(attempts: int, outcome: Outcome, now: datetime) -> datetime:
    """When to try again after so many attempts, whatever the hours."""
    if outcome is Outcome.BUSY:
        return now + BUSY
    return now + PAUSES[min(attempts, len(PAUSES)) - 1]


def within(hours: Hours, at: datetime, zone: ZoneInfo) -> datetime:
    """`at`, or the next moment after it that lies within the weekly hours of the paper."""
    if not hours:
        return at
    spans, local = parse(hours), at.astimezone(zone)
    if is_open(spans, local):
        return at
    minute = local.weekday() * DAY + local.hour * 60 + local.minute
    wait = min((start - minute) % WEEK for start, _ in spans)
    whole = local.replace(second=0, microsecond=0)
    # By the clock on the wall, which may be changed in between: added before the zone is left.
    return (whole + timedelta(minutes=wait)).astimezone(at.tzinfo)
