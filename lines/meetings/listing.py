"""Meetings as people look at them: lists, and one with all its guests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import peewee

from lines.meetings.entry import LONGEST_MINUTES
from lines.meetings.errors import MeetingUnknown
from lines.meetings.reached import name_of
from lines.meetings.rows import ends_at
from store.database import translated
from store.models import ConferenceRoom, Meeting, MeetingErrand, MeetingGuest
from store.models.meeting import MeetingState

MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Listed:
    meeting: Meeting
    guests: int


@dataclass(frozen=True, slots=True)
class GuestTold:
    guest: MeetingGuest
    name: str
    errands: Sequence[MeetingErrand]
    """What was done for them and what will be, in the order in which it was planned."""


@dataclass(frozen=True, slots=True)
class MeetingTold:
    meeting: Meeting
    guests: Sequence[GuestTold]


@translated()
def coming(now: datetime) -> list[Listed]:
    """Those that are under way or to come, the next one first."""
    may_last = Meeting.starts_at > now - timedelta(minutes=LONGEST_MINUTES)
    is_on = Meeting.state == MeetingState.SCHEDULED
    rows = _meetings().where(is_on & may_last).order_by(Meeting.starts_at)
    return _counted([row for row in rows if ends_at(row) > now])


@translated()
def everything() -> list[Listed]:
    """Also those that are over or cancelled; the last one first."""
    return _counted(list(_meetings().order_by(Meeting.starts_at.desc())))


@translated()
def meeting(number: int) -> MeetingTold:
    """Raises `MeetingUnknown`."""
    row = _meetings().where(Meeting.id == number).first()
    if row is None:
        raise MeetingUnknown(number)
    guests = MeetingGuest.select().where(MeetingGuest.meeting == number).order_by(MeetingGuest.id)
    return MeetingTold(row, [_told(guest) for guest in guests])


def _meetings() -> Any:
    rows = Meeting.select(Meeting, ConferenceRoom)
    return rows.join(ConferenceRoom, peewee.JOIN.LEFT_OUTER).limit(MOST_LISTED)


def _counted(rows: Sequence[Meeting]) -> list[Listed]:
    """With the guests who are asked still, in one question for all of them."""
    asked = MeetingGuest.meeting.in_([row.id for row in rows]) & ~MeetingGuest.dismissed
    found: Any = MeetingGuest.select(MeetingGuest.meeting, peewee.fn.COUNT(MeetingGuest.id))
    counts: dict[int, int] = dict(found.where(asked).group_by(MeetingGuest.meeting).tuples())
    return [Listed(row, counts.get(row.id, 0)) for row in rows]


def _told(guest: MeetingGuest) -> GuestTold:
    errands = MeetingErrand.select().where(MeetingErrand.guest == guest.id)
    return GuestTold(guest, name_of(guest), list(errands.order_by(MeetingErrand.id)))
