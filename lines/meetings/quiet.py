"""At which hours nobody is reminded by phone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVENING, MORNING = time(21), time(8)
SOON = timedelta(hours=2)
"""Before a meeting that is so near people want to be called at any hour."""


def call_time(wished: datetime, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """The first moment from `wished` on at which a guest may be reminded, in UTC.

    By `zone`, that of the paper: where a guest is, nobody knows.
    """
    wished, starts_at = wished.astimezone(UTC), starts_at.astimezone(UTC)
    local = wished.astimezone(zone)
    if starts_at - wished <= SOON or MORNING <= local.time() < EVENING:
        return wished
    day = local.date() + timedelta(days=local.time() >= EVENING)
    morning = datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)
    return min(morning, starts_at - SOON)
