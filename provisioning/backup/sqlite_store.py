"""A SQLite store: copied while others write, checked, summed, and put back."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from store.folders import sync_file, sync_folder

from .errors import StoreFaulty
from .room import assert_room
from .sums import Sums, sum_of

FILE = "store.sqlite"
FAULTS_SHOWN = 5


class SqliteStore:
    """The store at `path`."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path

    def copy(self, folder: Path) -> Sums:
        """Copy it as it is at one moment; the sums of the copy.

        The copy is made in one step. In WAL mode a reader holds up no writer, and what others
        write meanwhile would have a copy in several steps begin anew each time
        (sqlite.org/c3ref/backup_finish.html). Raises `NoRoom`, `StoreFaulty`.
        """
        copy = folder / FILE
        self._assert_room(folder)
        copy.unlink(missing_ok=True)
        try:
            with closing(_open(self.path)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
            assert_sound(copy)
            return sums(copy)
        except sqlite3.Error as error:
            raise StoreFaulty(f"{self.path}: {error}; {MEND}") from error

    def restore(self, folder: Path) -> None:
        """Put the copy in place of what is there, all or nothing. Raises `StoreFaulty`."""
        copy, fresh = folder / FILE, self.path.with_name(f".{self.path.name}.restored")
        try:
            shutil.copyfile(copy, fresh)
            sync_file(fresh)
            # The log belongs to the old file and would be played into the new one.
            for ending in ("-wal", "-shm"):
                Path(f"{self.path}{ending}").unlink(missing_ok=True)
            os.replace(fresh, self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            raise StoreFaulty(f"{self.path}: cannot be put back: {error}") from error

    def put_aside(self, folder: Path) -> None:
        """Move what is there to `folder`, with its log."""
        for ending in ("-wal", "-shm", ""):
            path = Path(f"{self.path}{ending}")
            if path.exists():
                shutil.move(path, folder / path.name)

    def is_empty(self) -> bool:
        return not self.path.exists()

    def sums(self) -> Sums:
        """Of the store as it is now. Raises `StoreFaulty`."""
        return sums(self.path)

    def sums_of_copy(self, folder: Path) -> Sums:
        """Of a copy that `copy` made. Raises `StoreFaulty`."""
        return sums(folder / FILE)

    def _assert_room(self, folder: Path) -> None:
        wal = Path(f"{self.path}-wal")
        try:
            needed = self.path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)
        except OSError as error:
            raise StoreFaulty(f"{self.path}: the store cannot be read: {error}") from error
        assert_room(folder, needed, "a copy of the store")


MEND = "`pressline restore --store-only --replace` brings back that of the last backup"


def assert_sound(path: Path, *, quick: bool = False) -> None:
    """Every page and (not with `quick`) every index. Raises `StoreFaulty`."""
    pragma = "quick_check" if quick else "integrity_check"
    try:
        with closing(_open(path)) as store:
            found = [str(row[0]) for row in store.execute(f"PRAGMA {pragma}({FAULTS_SHOWN})")]
    except sqlite3.Error as error:
        found = [str(error)]
    if found != ["ok"]:
        first = "; ".join(" ".join(fault.split()) for fault in found)
        raise StoreFaulty(f"the store is damaged ({first[:300]}); {MEND}")


def sums(path: Path) -> Sums:
    """Of all tables, the index of words' own ones included. Raises `StoreFaulty`."""
    try:
        with closing(_open(path)) as store:
            store.text_factory = bytes  # texts that are no UTF-8 are rows, too
            return {name: sum_of(_rows(store, name)) for name in _tables(store)}
    except sqlite3.Error as error:
        raise StoreFaulty(f"{path}: {error}; {MEND}") from error


def _open(path: Path) -> sqlite3.Connection:
    """Raises `sqlite3.Error` where nothing is there, instead of making it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30)


def _tables(store: sqlite3.Connection) -> list[str]:
    found = store.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    )
    return sorted(row[0].decode() for row in found)


def _rows(store: sqlite3.Connection, table: str) -> Iterator[bytes]:
    quoted = table.replace('"', '""')
    return (repr(row).encode() for row in store.execute(f'SELECT * FROM "{quoted}"'))
