"""One call's time in the rooms of a session: into a room, out of it, into the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from ivr_flows.line import Line
from ivr_flows.ports import RoomOutcome
from lines.experts.ports import Farewell, Place, Visit

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


def sit(line: Line, visit: Visit) -> Farewell:
    """Until there is no place (any more), and why. Raises `CallError`, `ExpertLineAway`."""
    refused = 0
    while isinstance(place := visit.place(), Place):
        went_in = line.context.now()
        outcome = line.call.conference(place.room, place.role, hall=place.hall)
        line.context.note(place.room, outcome)
        refused = 0 if outcome is RoomOutcome.SHOWN_OUT else refused + 1
        if refused >= REFUSALS:
            return Farewell.FULL
        if refused or _was_quick(line, went_in):
            line.call.pause(PAUSE)
    line.context.note("farewell", place)
    return place


def _was_quick(line: Line, went_in: datetime) -> bool:
    return line.context.seconds_since(went_in) < QUICK
