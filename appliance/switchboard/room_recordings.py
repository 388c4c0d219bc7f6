"""What was recorded in conference rooms, from where the switch wrote it to where it is kept.

A file that no room records into any more is whole: found so after each end of a recording, and
after a crash of whatever part.
"""

import time
from pathlib import Path

import gevent
import structlog
from gevent.event import Event as Flag

from ..errors import SidecarError
from ..sidecar import Sidecar
from ..threads import in_pool
from .rooms_keeper import RoomKeeper

log = structlog.get_logger()

SETTLED = 2.0
"""Seconds without a change after which a file is whole: the switch tells of a recording's end, or
of its beginning, a moment before it is so."""
AGAIN = 3.0
LIMIT = 120.0
"""Seconds to bring a recording to its place: nobody waits for it."""


class RoomRecordings:
    def __init__(self, folder: Path, keeper: RoomKeeper, sidecar: Sidecar) -> None:
        self._folder = folder
        self._keeper = keeper
        self._sidecar = sidecar
        self._look = Flag()
        gevent.spawn(self._run)

    def look(self) -> None:
        """A recording may have come to its end. Returns at once."""
        self._look.set()

    def _run(self) -> None:
        while True:
            self._look.wait()
            self._look.clear()
            try:
                self._keep()
            except SidecarError as error:
                log.warning("a conference's recording waits", reason=str(error))
            except Exception:  # the top of a task
                log.exception("keeping conferences' recordings failed")

    def _keep(self) -> None:
        for path in in_pool(lambda: sorted(self._folder.glob("*.wav"))):
            if self._is_whole(path):
                self._sidecar.run("keep_room_recording", path, limit=LIMIT)
            else:
                gevent.spawn_later(AGAIN, self.look)

    def _is_whole(self, path: Path) -> bool:
        rooms = self._keeper.rooms.values()
        if any(str(path) in room.recordings for room in rooms):
            return False
        written: float = in_pool(path.stat).st_mtime
        return time.time() - written > SETTLED
