"""Whether SQLite's file is still the one that was opened.

SQLite goes on writing to a file that was removed or replaced under its name, without a word, and
all of it is gone with the last process that has it open.
"""

import os
from pathlib import Path
from typing import TypeAlias

import peewee

from store.database import database, disconnect
from store.errors import StoreAway

_File: TypeAlias = tuple[int, int]
"""Device and inode."""


class Place:
    """For one thread, which asks before it writes."""

    def __init__(self) -> None:
        self._found: _File | None = None

    def check(self) -> None:
        """Raises `StoreAway` where the file is gone; one that was replaced is opened anew."""
        path = _path()
        if path is None:
            return
        try:
            found = os.stat(path)
        except OSError as error:
            disconnect()
            raise StoreAway(
                f"the store's file {path} is gone ({error.strerror}): put it back, or have "
                "`pressline restore` bring the last backup"
            ) from error
        if self._found not in (None, (found.st_dev, found.st_ino)):
            disconnect()
        self._found = found.st_dev, found.st_ino


def _path() -> Path | None:
    """None where the store is no file."""
    opened = database.obj
    if not isinstance(opened, peewee.SqliteDatabase) or opened.database == ":memory:":
        return None
    return Path(str(opened.database))
