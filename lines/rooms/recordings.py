"""Rows of what was recorded in conference rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lines.rooms.lookup import known
from lines.rooms.ports import PREFIX
from store.database import translated, writing
from store.models import ConferenceRecording, ConferenceRoom, Recording


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording that is whole."""

    path: Path
    """Relative to the recordings' folder."""
    room: int
    begun_at: datetime
    seconds: float
    sha256: str


def place(name: str) -> tuple[Path, int, datetime]:
    """Where a file of this name belongs, its room, and when it began. Raises `ValueError`."""
    room, at, _ = name.split("_")
    begun = datetime.strptime(at, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return Path(f"{begun:%Y/%m/%d}") / name, int(room.removeprefix(PREFIX)), begun


@translated()
def enter(kept: Kept) -> None:
    """In the ledger, and for its room. Twice is as good as once."""
    path = kept.path.as_posix()
    with writing():
        (
            Recording.insert(path=path, seconds=kept.seconds, sha256=kept.sha256)
            .on_conflict_ignore()
            .execute()
        )
        facts = {"path": path, "begun_at": kept.begun_at, "seconds": kept.seconds}
        room = ConferenceRoom.get_or_none(ConferenceRoom.id == kept.room)
        ConferenceRecording.insert(room=room, **facts).on_conflict_ignore().execute()


@translated()
def of_room(name: str, limit: int = 20) -> Sequence[ConferenceRecording]:
    """The newest first. Raises `RoomUnknown`."""
    mine = ConferenceRecording.select().where(ConferenceRecording.room == known(name))
    return list(mine.order_by(ConferenceRecording.begun_at.desc()).limit(limit))
