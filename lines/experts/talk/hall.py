"""One call's time in the rooms of a session: into a room, out of it, into the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from ivr_flows.line import Line
from ivr_flows.ports import Prompt, RoomOutcome, SpeechFailed
from lines.experts.ports import Farewell, LineFacts, Place, Visit

REFUSALS = 5
"""Rooms that would not take the call, in a row; then it is told that there is no room."""
PAUSE = 1.0
"""Seconds before the next attempt: a room may be full for a moment only."""
QUICK = 0.5
"""Seconds. Who comes out of a room sooner waits `PAUSE`: a fault must not spin."""


@contextmanager
def visiting(visit: Visit) -> Iterator[Visit]:
    """However the call ends, the visit does."""
    try:
        yield visit
    finally:
        visit.leave()


def sit(line: Line, visit: Visit, facts: LineFacts) -> Farewell:
    """Until there is no place (any more), and why. Raises `CallError`, `ExpertLineAway`."""
    music, refused = _music(line, facts), 0
    while isinstance(place := visit.place(), Place):
        went_in = line.context.now()
        outcome = _in_room(line, place, music)
        line.context.note(place.room, outcome)
        refused = 0 if outcome is RoomOutcome.SHOWN_OUT else refused + 1
        if refused >= REFUSALS:
            return Farewell.FULL
        if refused or _was_quick(line, went_in):
            line.call.pause(PAUSE)
    line.context.note("farewell", place)
    return place


def _in_room(line: Line, place: Place, music: Prompt | None) -> RoomOutcome:
    """In the hall there is music until the first moderator comes: the host or the expert."""
    if not place.hall or music is None:
        return line.call.conference(place.room, place.role, hall=place.hall)
    return line.call.conference(
        place.room, place.role, hall=True, wait_for_moderator=True, music=music
    )


def _music(line: Line, facts: LineFacts) -> Prompt | None:
    if not facts.music:
        return None
    try:
        return line.context.ports.speech.recording(facts.music, line.language)
    except SpeechFailed as failure:
        line.unsaid(failure)
        return None


def _was_quick(line: Line, went_in: datetime) -> bool:
    return line.context.seconds_since(went_in) < QUICK
