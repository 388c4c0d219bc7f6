"""What a guest is told of a meeting, as plain facts: for the mail and for the calendar."""

from dataclasses import dataclass
from datetime import datetime

from lines.meetings.reached import mail_of, name_of
from lines.meetings.rows import ends_at
from lines.people import records as people
from lines.rooms.lookup import numbers_of
from store.models import MeetingErrand
from store.models.meeting import ErrandKind


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    kind: ErrandKind
    to: str
    """The guest's address."""
    guest: str
    """The guest's name."""
    uid: str
    revision: int
    title: str
    starts_at: datetime
    ends_at: datetime
    language: str
    room: str
    """What callers hear it called; empty when it is gone."""
    room_number: str
    """What is keyed for it; empty where nothing is."""
    is_dismissed: bool
    """Whether this guest is not asked any more, while the meeting takes place."""
    is_called: bool
    """Whether the guest is called when it begins."""
    organiser: str
    """A name; empty where there is nobody."""
    organiser_mail: str


def read_notice(row: MeetingErrand) -> Notice:
    """From a row that holds its guest and meeting."""
    guest, meeting = row.guest, row.guest.meeting
    room, organiser = meeting.room, people.find(meeting.organiser)
    return Notice(
        id=f"meeting-{meeting.id}-{row.id}",
        kind=ErrandKind(row.kind),
        to=mail_of(guest),
        guest=name_of(guest),
        uid=meeting.uid,
        revision=meeting.revision,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=ends_at(meeting),
        language=meeting.language,
        room=(room.title or room.name) if room else "",
        room_number=next(iter(numbers_of(room)), "") if room else "",
        is_dismissed=guest.dismissed,
        is_called=guest.dial_out,
        organiser=(organiser.title or organiser.name) if organiser else "",
        organiser_mail=organiser.mail if organiser else "",
    )
