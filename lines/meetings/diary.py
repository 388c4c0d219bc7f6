"""Making meetings, asking guests, moving, cancelling: for commands and the panel. Blocks."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from lines.errors import PersonUnknown
from lines.meetings.entry import LONGEST_MINUTES, GuestEntry, MeetingEntry
from lines.meetings.errors import GuestUnknown, MeetingClosed, MeetingInvalid, MeetingUnknown
from lines.meetings.plan import Wishes, plan
from lines.meetings.reached import mail_of
from lines.meetings.rows import ends_at, guests_of, insert, was_told, withdraw
from lines.people import records as people
from lines.people.entry import Person
from lines.rooms.lookup import known as known_room
from store.database import translated, writing
from store.fields import now as present
from store.models import Meeting, MeetingGuest
from store.models.meeting import Answer, ErrandKind, MeetingState

MOST_GUESTS = 500
FARTHEST = timedelta(days=2 * 365)
"""Ahead of now; beyond it a year was mistyped."""


class Diary:
    """All meetings, in the time zone of the paper."""

    def __init__(self, zone: ZoneInfo, now: Callable[[], datetime] = present) -> None:
        self._zone = zone
        self._now = now

    @translated()
    def add(self, entry: MeetingEntry) -> int:
        """The meeting's number. Raises `RoomUnknown`, `PersonUnknown`, `MeetingInvalid`."""
        self._check_time(entry.starts_at, entry.minutes)
        with writing():
            if entry.organiser:
                _person(entry.organiser)
            facts = entry.model_dump(exclude={"room"})
            row = Meeting.create(uid=str(uuid4()), room=known_room(entry.room), **facts)
            return int(row.id)

    @translated()
    def ask(self, meeting: int, entry: GuestEntry) -> int:
        """The guest's number. Raises `PersonUnknown`, `MeetingInvalid` and as `cancel`."""
        with writing():
            row = self._open(meeting)
            _check_new(entry, guests_of(meeting))
            if entry.person:
                _can_be_told(_person(entry.person), entry)
            guest = MeetingGuest.create(meeting=row, **entry.model_dump())
            self._plan(row, guest, ErrandKind.INVITATION)
            return int(guest.id)

    @translated()
    def move(self, meeting: int, starts_at: datetime, minutes: int | None = None) -> None:
        """To another time, aware: who had been told is told and asked anew. Raises as `add`."""
        with writing():
            row = self._open(meeting)
            row.starts_at, row.revision = starts_at, row.revision + 1
            row.minutes = row.minutes if minutes is None else minutes
            self._check_time(row.starts_at, row.minutes)
            row.save()
            asked_anew = {"answer": Answer.OPEN, "answered_at": None}
            MeetingGuest.update(asked_anew).where(MeetingGuest.meeting == meeting).execute()
            for guest in guests_of(meeting):
                kind = ErrandKind.MOVED if was_told(guest) else ErrandKind.INVITATION
                withdraw(guest)
                self._plan(row, guest, kind)

    @translated()
    def cancel(self, meeting: int) -> None:
        """Raises `MeetingUnknown`, `MeetingClosed`."""
        with writing():
            row = self._open(meeting)
            row.state, row.revision = MeetingState.CANCELLED, row.revision + 1
            row.save()
            for guest in guests_of(meeting):
                self._call_off(row, guest)

    @translated()
    def dismiss(self, meeting: int, guest: int) -> None:
        """Ask a guest no more; who was told is told so. Raises `GuestUnknown` and as `cancel`."""
        with writing():
            row = self._open(meeting)
            found = next((one for one in guests_of(meeting) if one.id == guest), None)
            if found is None:
                raise GuestUnknown(guest, meeting)
            found.dismissed = True
            found.save()
            self._call_off(row, found)

    def _check_time(self, starts_at: datetime, minutes: int) -> None:
        """Raises `MeetingInvalid`."""
        if not 1 <= minutes <= LONGEST_MINUTES:
            raise MeetingInvalid([f"minutes: expected 1 to {LONGEST_MINUTES}, given {minutes}"])
        if starts_at > self._now() + FARTHEST:
            raise MeetingInvalid([f"starts_at: expected at most {FARTHEST.days} days from now"])
        if starts_at + timedelta(minutes=minutes) <= self._now():
            raise MeetingInvalid(["starts_at: the meeting would be over already"])

    def _open(self, meeting: int) -> Meeting:
        row: Meeting | None = Meeting.get_or_none(Meeting.id == meeting)
        if row is None:
            raise MeetingUnknown(meeting)
        if row.state == MeetingState.CANCELLED:
            raise MeetingClosed(meeting, "is cancelled")
        if ends_at(row) <= self._now():
            raise MeetingClosed(meeting, "is over")
        return row

    def _call_off(self, meeting: Meeting, guest: MeetingGuest) -> None:
        knows = was_told(guest)
        withdraw(guest)
        if knows:
            insert(guest, ErrandKind.CANCELLATION, self._now(), meeting.revision)

    def _plan(self, meeting: Meeting, guest: MeetingGuest, mail: ErrandKind) -> None:
        wishes = Wishes(
            starts_at=meeting.starts_at,
            has_mail=bool(mail_of(guest)),
            call_before=guest.call_before,
            mail_before=guest.mail_before,
            dial_out=guest.dial_out,
        )
        for kind, at in plan(wishes, mail, self._now(), self._zone):
            insert(guest, kind, at, meeting.revision)


def _check_new(entry: GuestEntry, guests: Sequence[MeetingGuest]) -> None:
    """Raises `MeetingInvalid`."""
    if len(guests) >= MOST_GUESTS:
        raise MeetingInvalid([f"a meeting has at most {MOST_GUESTS} guests"])
    same = (entry.person, entry.number, entry.mail)
    if any((guest.person, guest.number, guest.mail) == same for guest in guests):
        raise MeetingInvalid([f"{' '.join(filter(None, same))} is a guest already"])


def _person(name: str) -> Person:
    found = people.find(name)
    if found is None:
        raise PersonUnknown(name)
    return found


def _can_be_told(person: Person, entry: GuestEntry) -> None:
    """Raises `MeetingInvalid`."""
    if (entry.call_before or entry.dial_out) and not person.numbers:
        raise MeetingInvalid([f"person: {person.name} has no number to be called at"])
    if entry.mail_before and not person.mail:
        raise MeetingInvalid([f"person: {person.name} has no mail address"])
