"""Room on this machine's disk: messages of callers need it more than copies do."""

import shutil
from pathlib import Path

from .errors import NoRoom

RESERVE = 200_000_000
"""Bytes that stay free beside a copy."""


def assert_room(folder: Path, needed: int, what: str) -> None:
    """Raises `NoRoom`."""
    free = shutil.disk_usage(folder).free
    if free < needed + RESERVE:
        raise NoRoom(
            f"{folder}: {free / 1e6:.0f} MB are free; {what} takes {needed / 1e6:.0f} MB, and "
            f"{RESERVE / 1e6:.0f} MB must stay free: make room"
        )
