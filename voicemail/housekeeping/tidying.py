"""What is done once in a while, so that the voicemail folder holds what it should and no more."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from store import gates
from store.database import translated
from store.folders import files
from store.models import Greeting, Message
from tts_asr.wav import UNFINISHED
from voicemail.housekeeping.retention import retire
from voicemail.places import COMMENTS, DISCARDED, GREETINGS, IN_PROGRESS, SCRATCH, SMALL

DISCARDED_FOR = timedelta(days=7)
LEFT_OVER_AFTER = timedelta(days=1)
"""No call lasts so long: what it recorded for a while, or was written by half, is of no use."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much was removed."""

    messages: int
    files: int


def tidy(root: Path, now: datetime) -> Tidied:
    """In the voicemail folder and the store. Raises `StoreAway`, `OSError`."""
    retired = retire(root, now)
    gates.forget(now)
    removed = [_removed(path) for path in _to_remove(root, now)]
    return Tidied(retired, sum(removed))


def _to_remove(root: Path, now: datetime) -> Iterator[Path]:
    yield from _older(files(root / DISCARDED), now - DISCARDED_FOR)
    day_ago = now - LEFT_OVER_AFTER
    for folder in (SCRATCH, SMALL):
        yield from _older(files(root / folder), day_ago)
    unfinished = (path for path in files(root / IN_PROGRESS) if path.name.endswith(UNFINISHED))
    yield from _older(unfinished, day_ago)
    for folder in (GREETINGS, COMMENTS):
        old = list(_older(files(root / folder), day_ago))
        named = _named() if old else ()
        yield from (path for path in old if str(path.relative_to(root)) not in named)


@translated()
def _named() -> Collection[str]:
    """Greetings and comments that a row refers to."""
    greetings = Greeting.select(Greeting.path).where(Greeting.path != "")
    comments = Message.select(Message.comment_path).where(Message.comment_path != "")
    return {row.path for row in greetings} | {row.comment_path for row in comments}


def _older(paths: Iterator[Path], than: datetime) -> Iterator[Path]:
    for path in paths:
        try:
            if path.stat().st_mtime < than.timestamp():
                yield path
        except FileNotFoundError:
            continue


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True
