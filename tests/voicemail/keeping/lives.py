"""The life of a message, as the callbox leads it, and what must be true of it at the end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.applying import apply
from store.jobs import Job, MessageBegun
from store.models import Message
from store.recordings import checksum
from tests.voicemail.sounds import speech, write_wav
from tests.voicemail.stored import MORNING
from voicemail.keeping import salvage, sweep
from voicemail.places import take_path

LATER = MORNING + timedelta(hours=2)
"""When somebody looks for lost messages."""


def nobody(call: str) -> bool:
    return False


def begin(message: str = "m1", box: str = "desk", call: str = "call-1") -> MessageBegun:
    begun = MessageBegun(message, box, call, MORNING, "0301234567", "Ann", dialled="100")
    store(begun)
    return begun


def record(
    folder: Path, message: str, take: int, seconds: float = 3.0, told: int | None = None
) -> Path:
    """A take with speech; `told` is what a killed writer left in its header."""
    return write_wav(folder / take_path(message, take), speech(seconds), told)


def store(*jobs: Job) -> None:
    assert apply(jobs) == 0


def find_again(
    folder: Path,
    spool: Path,
    is_alive: Callable[[str], bool] = nobody,
    before: datetime | None = None,
) -> int:
    """What the callbox does now and then; how many messages it found."""
    jobs = salvage(folder, spool, is_alive, before or datetime.now(UTC), "desk")
    store(*jobs)
    sweep(folder, spool)
    return len(jobs)


def the_only_message(folder: Path) -> Message:
    """It exists exactly once, in the store and on the disk, and is what was recorded."""
    (row,) = Message.select().where(Message.state == "new")
    path = folder / row.path
    assert (path.stat().st_size, checksum(path)) == (row.size, row.sha256)
    assert list(folder.rglob("*.wav")) == [path]
    found: Message = row
    return found
