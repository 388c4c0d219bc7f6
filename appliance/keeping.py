"""Recordings of calls, from where the switch wrote them to where they are kept.

Moved and checked first, then the row: a crash in between leaves a file that the next start finds.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import soundfile
import structlog

from ivr_flows.ports import Recording
from store.jobs import RecordingKept
from store.recordings import checksum
from store.writer import Writer

from .home import Home
from .threads import in_thread

log = structlog.get_logger()


class Keeping:
    """Keeps finished recordings, off the call's loop."""

    def __init__(self, home: Home, writer: Writer) -> None:
        self._home = home
        self._writer = writer

    def keep(self, call_id: str, recordings: Iterable[Recording]) -> None:
        """Returns at once."""
        for recording in recordings:
            in_thread(self._keep, call_id, recording.path)

    def keep_what_was_left(self) -> int:
        """At the start: recordings of calls that a crash cut off; how many."""
        left = sorted(self._home.recordings_in_progress.glob("*.wav"))
        for path in left:
            self._keep(path.stem.rpartition("-")[0], path)
        return len(left)

    def _keep(self, call_id: str, path: Path) -> None:
        try:
            made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            kept = self._moved(path, made)
            relative = str(kept.relative_to(self._home.recordings))
            self._writer.put(RecordingKept(relative, call_id, seconds(kept), checksum(kept), made))
        except OSError as error:
            log.error("recording not kept", path=str(path), error=str(error))

    def _moved(self, path: Path, made: datetime) -> Path:
        folder = self._home.recordings / f"{made:%Y}" / f"{made:%m}" / f"{made:%d}"
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        kept = folder / path.name
        path.rename(kept)
        return kept


def seconds(path: Path) -> float:
    """The length of a recording; 0 when it holds no sound that can be read."""
    try:
        found: float = soundfile.info(str(path)).duration
    except (soundfile.LibsndfileError, OSError):
        return 0.0
    return found
