"""An errand as the call that is placed for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ivr_flows.sentences import Words
from lines.meetings.reached import dialled
from lines.meetings.words import BEGINS
from lines.outgoing import OutgoingCall
from store.models import Meeting, MeetingErrand
from store.models.line import Door
from store.models.meeting import ErrandKind

FLOWS = {
    ErrandKind.REMINDER_CALL: "pressline-meeting-reminder",
    ErrandKind.DIAL_OUT: "pressline-meeting-dial-out",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A call to be placed now."""

    errand: int
    call: OutgoingCall
    has_answer: bool
    """Whether the guest is asked something: then the end of the flow is to be waited for."""


def wanted(row: MeetingErrand, zone: ZoneInfo, now: datetime) -> Wanted:
    meeting, kind = row.guest.meeting, ErrandKind(row.kind)
    is_reminder = kind is ErrandKind.REMINDER_CALL
    call = OutgoingCall(
        to=dialled(row.guest),
        door=Door.CONFERENCE,
        flow=FLOWS[kind],
        given=_given(row, zone, now),
        asked_by=meeting.organiser,
        purpose=f"{kind.replace('_', ' ')}, meeting {meeting.id}",
        about={} if is_reminder else _begins(meeting),
        language="" if row.guest.person else meeting.language,
        # The reminder asks for keys itself, and may be heard by an answering machine.
        confirm=not is_reminder,
    )
    return Wanted(row.id, call, is_reminder)


def _given(row: MeetingErrand, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    meeting = row.guest.meeting
    assert meeting.room is not None, "looked at before"
    starts_at = meeting.starts_at.astimezone(zone)
    return {
        "title": meeting.title,
        "starts_at": starts_at,
        "is_today": starts_at.date() == now.astimezone(zone).date(),
        "room": meeting.room.name,
        "role": row.guest.role,
    }


def _begins(meeting: Meeting) -> Words:
    return {language: text.format(title=meeting.title) for language, text in BEGINS.items()}
