"""Where what lies in the voicemail folder; all paths are relative to it."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

IN_PROGRESS = Path("in-progress")
DISCARDED = Path("discarded")
GREETINGS = Path("greetings")
COMMENTS = Path("comments")
SCRATCH = Path("scratch")
SMALL = Path("small")
"""Copies for mails: each is encoded once, however many are told of it, however often."""

TAKE = re.compile(r"([0-9A-Za-z-]{1,36})-([0-9]{1,4})\.wav", re.ASCII)


def dated_path(message: str, started_at: datetime) -> Path:
    """From the message's row alone, so that a crash before the row was completed finds it."""
    return Path(f"{started_at.astimezone(UTC):%Y/%m/%d}") / f"{message}.wav"


def comment_path(message: str) -> Path:
    return COMMENTS / f"{message}.wav"


def take_path(message: str, take: int) -> Path:
    return IN_PROGRESS / f"{message}-{take}.wav"


def takes(folder: Path) -> dict[str, list[Path]]:
    """The recordings in progress of each message, in the order in which they were made."""
    found: dict[str, list[tuple[int, Path]]] = {}
    for path in files(folder / IN_PROGRESS):
        if named := TAKE.fullmatch(path.name):
            found.setdefault(named[1], []).append((int(named[2]), path))
    return {message: [path for _, path in sorted(paths)] for message, paths in found.items()}


def files(folder: Path) -> Iterator[Path]:
    """The plain files in a folder; none where it is not made yet. No link is followed."""
    try:
        with os.scandir(folder) as entries:
            found = [entry.path for entry in entries if entry.is_file(follow_symlinks=False)]
    except FileNotFoundError:
        return
    yield from map(Path, sorted(found))


def sync_folder(folder: Path) -> None:
    """Names that were made in `folder` outlast a power failure from here on. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
