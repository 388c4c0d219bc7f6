"""Recordings of calls, from where the switch wrote them to where they are kept.

Moved and checked first, then the row: a crash in between leaves a file that the next start finds.
"""

import os
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

import structlog

from ivr_flows.ports import Recording
from store.jobs import RecordingKept
from store.recordings import checksum
from store.writer import Writer
from tts_asr.errors import SpeechError

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

    def keep_what_was_left(self, living: Collection[str], before: datetime) -> int:
        """Recordings of calls that a crash cut off; how many.

        A switch goes on recording when the callbox dies: `living` are the calls that there were
        at `before`, and what was written later belongs to a call that is younger.
        """
        paths = sorted(self._home.recordings_in_progress.glob("*.wav"))
        left = [path for path in paths if channel_of(_call_of(path)) not in living]
        cut_off = [path for path in left if path.stat().st_mtime < before.timestamp()]
        for path in cut_off:
            self._keep(_call_of(path), path)
        return len(cut_off)

    def _keep(self, call_id: str, path: Path) -> None:
        from tts_asr.repair import repair  # and numpy with it: not before the first call

        try:
            made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            repair(path)  # a switch that was killed leaves a header without a length
            kept = self._moved(path, made)
            relative = str(kept.relative_to(self._home.recordings))
            self._writer.put(RecordingKept(relative, call_id, seconds(kept), checksum(kept), made))
        except (OSError, SpeechError) as error:
            log.error("recording not kept", path=str(path), error=str(error))

    def _moved(self, path: Path, made: datetime) -> Path:
        folder = self._home.recordings / f"{made:%Y}" / f"{made:%m}" / f"{made:%d}"
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        kept = folder / path.name
        path.rename(kept)
        return kept


def _call_of(path: Path) -> str:
    return path.stem.rpartition("-")[0]


def part_of(part: int) -> str:
    """What stands behind the id of a call that came to us before, so that it is a row of its own:
    the switch calls it by the same id."""
    return f".{part}" if part > 1 else ""


def channel_of(call: str) -> str:
    """The switch's id of a call, or of a later part of one."""
    return call.partition(".")[0]


def seconds(path: Path) -> float:
    """The length of a recording; 0 when it holds no sound that can be read."""
    import soundfile  # and numpy with it

    try:
        found: float = soundfile.info(str(path)).duration
    except (soundfile.LibsndfileError, OSError):
        return 0.0
    return found
