"""Meetings and their guests as lines for a person at the terminal."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from lines.meetings.listing import GuestTold
from store.models import Meeting, MeetingErrand, MeetingGuest
from store.models.line import Door
from store.models.meeting import ErrandState, MeetingState

from ..dialling import dialling
from ..settings import Settings
from ..step_line import one_line

TIMED = (ErrandState.WAITING, ErrandState.DONE)
"""States of which the moment is worth telling."""


def meeting_line(meeting: Meeting, zone: ZoneInfo, guests: int) -> str:
    at = meeting.starts_at.astimezone(zone)
    room = meeting.room.name if meeting.room else "no room"
    cancelled = "  CANCELLED" if meeting.state == MeetingState.CANCELLED else ""
    facts = f"{at:%Y-%m-%d %H:%M}  {meeting.minutes} min  {room}  {guests} guests"
    return one_line(f"{meeting.id}  {facts}  {meeting.title}{cancelled}")


def guest_lines(told: GuestTold, settings: Settings) -> Iterator[str]:
    guest = told.guest
    answer = "not asked any more" if guest.dismissed else guest.answer or "no answer"
    facts = f"{told.name}  {guest.role}  {answer}{_refused(guest, settings)}"
    yield one_line(f"guest {guest.id}  {facts}")
    for errand in told.errands:
        yield one_line(f"  {_errand(errand, settings.time_zone)}")


def _errand(errand: MeetingErrand, zone: ZoneInfo) -> str:
    at = (errand.done_at or errand.next_at).astimezone(zone)
    moment = f"{at:%Y-%m-%d %H:%M}  " if errand.state in TIMED else ""
    said = ": ".join(text for text in (errand.outcome, errand.reason) if text)
    tries = f", attempt {errand.attempts}" if errand.attempts > 1 else ""
    state = f"{errand.kind.replace('_', ' ')} {errand.state}{tries}"
    return f"{moment}{state}{f'  ({said})' if said else ''}"


def _refused(guest: MeetingGuest, settings: Settings) -> str:
    """Why the dialling rules would not let them be called just now."""
    is_called = guest.dial_out or guest.call_before
    if not guest.number or guest.dismissed or not is_called:
        return ""
    door = dialling(settings)
    verdict = door.look(guest.number, Door.CONFERENCE, guest.meeting.organiser)
    return "" if verdict.ruling.allows else f"  may not be called: {verdict.ruling.detail}"
