"""What is to be done for a guest, and when. Pure: no clock, no store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lines.meetings.quiet import call_time
from store.models.meeting import ErrandKind


@dataclass(frozen=True, slots=True)
class Wishes:
    """What of a guest and a meeting decides."""

    starts_at: datetime
    has_mail: bool = False
    call_before: int = 0
    """Minutes; 0: no reminder."""
    mail_before: int = 0
    dial_out: bool = False


class Planned(NamedTuple):
    kind: ErrandKind
    at: datetime
    """UTC."""


def plan(wishes: Wishes, mail: ErrandKind, now: datetime, zone: ZoneInfo) -> Iterator[Planned]:
    """From a meeting made, moved, or given a guest, at `now`; `mail` is what tells of it."""
    now, starts_at = now.astimezone(UTC), wishes.starts_at.astimezone(UTC)
    if wishes.has_mail:
        yield Planned(mail, now)
        mailed_at = starts_at - timedelta(minutes=wishes.mail_before)
        if wishes.mail_before and mailed_at > now:  # else the first mail says enough
            yield Planned(ErrandKind.MAIL_REMINDER, mailed_at)
    if wishes.call_before and starts_at > now:
        wished = max(now, starts_at - timedelta(minutes=wishes.call_before))
        yield Planned(ErrandKind.REMINDER_CALL, call_time(wished, starts_at, zone))
    if wishes.dial_out:
        yield Planned(ErrandKind.DIAL_OUT, max(now, starts_at))
