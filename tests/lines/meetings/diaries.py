"""A paper with a room, people and a clock that is set, for the tests of meetings."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lines.meetings.calls import Caller
from lines.meetings.diary import Diary
from lines.meetings.entry import checked_guest, checked_meeting
from lines.people import records as people
from lines.people.entry import checked as checked_person
from lines.rooms import records as rooms
from lines.rooms.entry import checked as checked_room
from store.models import MeetingErrand, MeetingGuest
from tests.lines.houses import MOBILE

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Ten o'clock in Berlin."""
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LIFE = "the callbox"


@dataclass
class Paper:
    """`now` is the clock: tests set it."""

    now: datetime = MONDAY
    diary: Diary = field(init=False)

    def __post_init__(self) -> None:
        self.diary = Diary(BERLIN, lambda: self.now)
        rooms.create(checked_room(name="planning", title="the planning room", numbers=["7100"]))
        anna = {"title": "Anna Berg", "mail": "anna@paper.example"}
        phone = {"kind": "phone", "number": "202"}
        people.create(checked_person("DE", name="anna", numbers=[phone], **anna))
        people.create(checked_person("DE", name="mute", title="Nobody's Phone"))

    def meeting(self, ahead: timedelta = 5 * HOUR, **facts: Any) -> int:
        given = {"title": "Budget", "room": "planning", "organiser": "anna", **facts}
        return self.diary.add(checked_meeting(starts_at=self.now + ahead, **given))

    def guest(self, meeting: int, **facts: Any) -> int:
        given = facts if {"person", "number", "mail"} & set(facts) else {"number": MOBILE, **facts}
        return self.diary.ask(meeting, checked_guest("DE", **given))

    def caller(self, life: str = LIFE) -> Caller:
        return Caller(life, BERLIN)


def planned(guest: int) -> dict[str, tuple[str, datetime]]:
    """What is done for a guest: state and time of each kind, of the last revision of it."""
    rows = MeetingErrand.select().where(MeetingErrand.guest == guest)
    return {row.kind: (row.state, row.next_at) for row in rows.order_by(MeetingErrand.id)}


def states(guest: int) -> list[str]:
    rows = MeetingErrand.select().where(MeetingErrand.guest == guest)
    return [f"{row.kind} {row.state}" for row in rows.order_by(MeetingErrand.id)]


def the_guest(guest: int) -> MeetingGuest:
    row: MeetingGuest = MeetingGuest.get_by_id(guest)
    return row
