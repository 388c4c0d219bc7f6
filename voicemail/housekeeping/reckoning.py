"""Compares the store with the disk: what should be there, and what is there without a reason."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import soundfile

from store.database import translated
from store.folders import files
from store.models import Greeting, Message
from store.models.message import MessageState
from store.recordings import checksum
from voicemail.keeping.sweeping import states
from voicemail.places import DISCARDED, IN_PROGRESS, SCRATCH, SMALL, TAKE

SHOULD_BE_THERE = (
    MessageState.NEW,
    MessageState.SAVED,
    MessageState.ARCHIVED,
    MessageState.DELETED,
)
TOLERANCE = 0.1
"""Seconds by which a file may differ from its row: rows are rounded by some databases."""
PASSING = frozenset(map(str, (IN_PROGRESS, DISCARDED, SCRATCH, SMALL)))
"""Folders whose files come and go."""


class Fault(StrEnum):
    MISSING = "missing"
    SIZE = "another size"
    CHECKSUM = "another content"
    LENGTH = "another length"
    STRAY = "in no row"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    fault: Fault
    path: str
    """Relative to the voicemail folder."""
    message: str = ""
    """The id of the message, or which greeting."""

    @property
    def is_loss(self) -> bool:
        """Whether something that should be there is not, or not as it was."""
        return self.fault is not Fault.STRAY


@dataclass(slots=True)
class Ledger:
    """What was looked at and found."""

    messages: int = 0
    greetings: int = 0
    findings: list[Finding] = field(default_factory=list)


@translated()
def ledger(root: Path, *, quick: bool = False) -> Ledger:
    """Look at everything below the voicemail folder; `quick` reads no file. Raises `StoreAway`."""
    found, known = Ledger(), set[str]()
    for row in _rows():
        found.messages += 1
        known |= {row.path, row.comment_path}
        found.findings += _of_message(root, row, quick)
    for greeting in _greetings():
        found.greetings += 1
        known.add(greeting.path)
        found.findings += _missing(root, greeting.path, f"greeting {greeting.kind}")
    found.findings += [Finding(Fault.STRAY, path) for path in _strays(root, known)]
    return found


def _rows() -> Iterator[Message]:
    there = Message.state.in_(SHOULD_BE_THERE)
    yield from Message.select().where(there).order_by(Message.started_at).iterator()


def _greetings() -> list[Greeting]:
    return list(Greeting.select().where(Greeting.path != ""))


def _of_message(root: Path, row: Message, quick: bool) -> Iterator[Finding]:
    if row.comment_path:
        yield from _missing(root, row.comment_path, row.id)
    fault = _fault(root / row.path, row, quick) if row.path else Fault.MISSING
    if fault:
        yield Finding(fault, row.path, row.id)


def _fault(path: Path, row: Message, quick: bool) -> Fault | None:
    """What is wrong with a message's file, looked for from the cheapest on."""
    try:
        if path.stat().st_size != row.size:
            return Fault.SIZE
        if quick:
            return None
        if checksum(path) != row.sha256:
            return Fault.CHECKSUM
        return None if abs(_seconds(path) - row.seconds) <= TOLERANCE else Fault.LENGTH
    except OSError:
        return Fault.MISSING


def _seconds(path: Path) -> float:
    """0 for what never was a sound; its row says so too."""
    try:
        return float(soundfile.info(str(path)).duration)
    except soundfile.SoundFileError:
        return 0.0


def _missing(root: Path, path: str, of: str) -> Iterator[Finding]:
    if not (root / path).is_file():
        yield Finding(Fault.MISSING, path, of)


def _strays(root: Path, known: set[str]) -> Iterator[str]:
    for folder, folders, names in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in PASSING]
        folders.sort()
        paths = (str((Path(folder) / name).relative_to(root)) for name in sorted(names))
        yield from (path for path in paths if path not in known)
    yield from _stray_takes(root)


def _stray_takes(root: Path) -> Iterator[str]:
    """Recordings in progress that belong to no message."""
    named = {path: TAKE.fullmatch(path.name) for path in files(root / IN_PROGRESS)}
    rows = states({take[1] for take in named.values() if take})
    for path, take in named.items():
        if take is None or take[1] not in rows:
            yield str(path.relative_to(root))
