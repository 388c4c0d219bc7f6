"""The conference rooms that there are, as the store has them: asked once for a whole crowd."""

import time
from collections.abc import Sequence

import structlog
from gevent.lock import RLock

from lines.rooms.ports import PREFIX, RoomFacts, RoomsAway

from ..errors import SidecarError
from ..sidecar import Sidecar

log = structlog.get_logger()

FRESH = 2.0
"""Seconds for which what was read is taken to be so."""
MISSING = 0.2
"""The same for a room that was not there: it may just have been made."""
LIMIT = 10.0
"""Seconds for the store, while a caller waits."""


class Catalogue:
    def __init__(self, sidecar: Sidecar) -> None:
        self._sidecar = sidecar
        self._rooms: Sequence[RoomFacts] | None = None
        self._read_at = 0.0
        self._reading = RLock()

    def find(self, asked: str) -> RoomFacts | None:
        """By name or number. Raises `RoomsAway`."""
        return self._find(asked, FRESH) or self._find(asked, MISSING)

    def on_switch(self, name: str) -> RoomFacts:
        """By what the switch calls it; one that was taken away, or cannot be read, has the usual
        manners."""
        try:
            known = next((room for room in self._all() if room.on_switch == name), None)
        except RoomsAway:
            known = None
        number = name.removeprefix(PREFIX)
        return known or RoomFacts(int(number) if number.isdecimal() else 0, name)

    def _find(self, asked: str, fresh: float) -> RoomFacts | None:
        rooms = self._all(fresh)
        return next((room for room in rooms if asked == room.name or asked in room.numbers), None)

    def _all(self, fresh: float = FRESH) -> Sequence[RoomFacts]:
        with self._reading:
            if self._rooms is None or time.monotonic() - self._read_at > fresh:
                self._read()
            if self._rooms is None:
                raise RoomsAway("the store has not been read yet")
            return self._rooms

    def _read(self) -> None:
        """While the store is away, what was read before must do."""
        try:
            self._rooms = self._sidecar.run("rooms", limit=LIMIT)
        except SidecarError as error:
            log.warning("the conference rooms could not be read", reason=str(error))
        self._read_at = time.monotonic()
