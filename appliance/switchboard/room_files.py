"""Into which files the switch records its rooms just now."""

import time
from collections.abc import Set
from pathlib import Path

import gevent

from esl import conference
from esl.switch import Switch

from .rooms_keeper import RoomKeeper

CLOSE_LIMIT = 10.0
"""Seconds for the switch to let go of a file."""
APPEAR_LIMIT = 2.0
"""Seconds for a file to appear at all: the switch says that it records before it has opened it
(conference_record.c, conference_record_thread_run)."""
PAUSE = 0.1


class RoomFiles:
    def __init__(self, switch: Switch, rooms: RoomKeeper) -> None:
        self._switch = switch
        self._rooms = rooms

    def listed(self) -> Set[str]:
        """By the switch's list, which is ahead of its events. Raises `EslError`."""
        return {path for room in conference.rooms(self._switch) for path in room.recordings}

    def is_closed(self, path: Path) -> bool:
        """Waits until nobody writes into the file; False when that does not come in time. Raises
        `EslError`."""
        begun = time.monotonic()
        while time.monotonic() < begun + CLOSE_LIMIT:
            appeared = path.exists() or time.monotonic() > begun + APPEAR_LIMIT
            if appeared and str(path) not in self._told() and str(path) not in self.listed():
                return True
            gevent.sleep(PAUSE)
        return False

    def _told(self) -> Set[str]:
        """By the switch's events: they tell an end when the file is whole."""
        return {path for room in self._rooms.rooms.values() for path in room.recordings}
