"""Where what lies in the recordings' folder; all paths are relative to it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

IN_PROGRESS = Path("pieces-in-progress")
NAME = re.compile(r"([1-9][0-9]{0,9})-([0-9a-f]{32})\.wav", re.ASCII)


class Named(NamedTuple):
    """What the name of a recording in progress tells."""

    session: int
    piece: str


def in_progress(session: int, piece: str) -> Path:
    """Tells the session too, so that a recording whose row was never stored is somebody's."""
    return IN_PROGRESS / f"{session}-{piece}.wav"


def named(path: Path) -> Named | None:
    """None for a file that is no piece."""
    found = NAME.fullmatch(path.name)
    return Named(int(found[1]), found[2]) if found else None


def dated_path(piece: str, begun_at: datetime) -> Path:
    """From the piece's row alone, so that a crash before the row was completed finds it."""
    return Path(f"{begun_at.astimezone(UTC):%Y/%m/%d}") / f"{piece}.wav"
