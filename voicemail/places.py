"""Where what lies in the voicemail folder; all paths are relative to it."""

import re
from datetime import UTC, datetime
from pathlib import Path

from store.folders import files

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
