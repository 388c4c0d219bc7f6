"""Many rooms at once, a speaker in each: whether everybody hears his own room whole."""

from collections.abc import Iterable

from tests.switches import FreeSwitch, SoftSwitch, Switch

from .held_rooms import compared
from .report import Report
from .seats import TABLE

ROOMS: dict[type[Switch], int] = {SoftSwitch: 8, FreeSwitch: 50}
SIZE = 6
SECONDS = 20.0


def run(quick: bool) -> Iterable[Report]:
    for kind, most in ROOMS.items():
        rooms, seconds = (max(2, most // 5), 5.0) if quick else (most, SECONDS)
        title = f"rooms: {rooms} rooms of {SIZE} on {kind.name}, {seconds:.0f} s"
        places = [
            (TABLE, str(room), seat == 0) for room in range(1, rooms + 1) for seat in range(SIZE)
        ]
        yield compared(title, kind, places, seconds)
