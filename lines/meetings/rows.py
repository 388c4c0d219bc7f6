"""Rows of meetings and guests, and of what is to be done: read and changed in a transaction."""

from datetime import datetime, timedelta

from store.database import translated
from store.models import Meeting, MeetingErrand, MeetingGuest
from store.models.meeting import ErrandKind, ErrandState

KEPT = timedelta(days=400)
"""As long as the dialling log, which tells of the same calls."""
CALLS = (ErrandKind.REMINDER_CALL, ErrandKind.DIAL_OUT)
TELLING = (ErrandKind.INVITATION, ErrandKind.MOVED)
"""Mails after which a guest has the meeting in a calendar."""


def ends_at(meeting: Meeting) -> datetime:
    ends: datetime = meeting.starts_at + timedelta(minutes=meeting.minutes)
    return ends


def guests_of(meeting: int) -> list[MeetingGuest]:
    """Those who are asked still."""
    asked = (MeetingGuest.meeting == meeting) & ~MeetingGuest.dismissed
    return list(MeetingGuest.select().where(asked).order_by(MeetingGuest.id))


def insert(guest: MeetingGuest, kind: ErrandKind, at: datetime, revision: int) -> None:
    MeetingErrand.insert(
        guest=guest, kind=kind, next_at=at, revision=revision
    ).on_conflict_ignore().execute()


def withdraw(guest: MeetingGuest, kinds: tuple[ErrandKind, ...] = tuple(ErrandKind)) -> None:
    """What waits for a guest, and calls that are being placed. A mail on its way is let go."""
    mine = (MeetingErrand.guest == guest) & (MeetingErrand.kind << list(kinds))
    waits = MeetingErrand.state == ErrandState.WAITING
    rings = (MeetingErrand.state == ErrandState.RUNNING) & (MeetingErrand.kind << list(CALLS))
    MeetingErrand.update(state=ErrandState.WITHDRAWN, claimed_by="").where(
        mine & (waits | rings)
    ).execute()


def was_told(guest: MeetingGuest) -> bool:
    """Whether a mail of this meeting has gone, or goes just now."""
    mine = (MeetingErrand.guest == guest) & (MeetingErrand.kind << list(TELLING))
    gone = MeetingErrand.state << [ErrandState.DONE, ErrandState.RUNNING]
    return bool(MeetingErrand.select().where(mine & gone).exists())


@translated()
def forget(now: datetime) -> int:
    """Remove old meetings with their guests; how many."""
    return int(Meeting.delete().where(Meeting.starts_at < now - KEPT).execute())
