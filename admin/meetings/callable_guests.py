"""Whom of a meeting's guests the dialling rules let us call."""

from collections.abc import Mapping, Sequence

from lines.dialling import Dialling
from store.models import Meeting, MeetingGuest
from store.models.line import Door


def refusals(door: Dialling, guests: Sequence[MeetingGuest], meeting: Meeting) -> Mapping[int, str]:
    """Of those whom the dialling rules would not let us call just now: why, by number."""
    found = {}
    for guest in guests:
        if guest.number and not guest.dismissed and (guest.dial_out or guest.call_before):
            verdict = door.look(guest.number, Door.CONFERENCE, meeting.organiser)
            found[guest.id] = "" if verdict.ruling.allows else verdict.ruling.detail
    return found
