"""SQLite: opened read-only, and an authorizer that admits nothing but reading."""

import sqlite3
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from desk.connections.base import Answer, Question
from desk.errors import QueryFailed, QueryTooSlow, SourceDown
from desk.parameters import Bound
from desk.sources import Source

READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
FORBIDDEN_FUNCTIONS = {"load_extension", "fts3_tokenizer"}
MAX_VALUE = 10_000_000
"""Bytes of one value: bounds what randomblob, printf and the like can allocate."""
STEPS = 2_000
"""Instructions of SQLite between two looks at the clock: well below a millisecond."""


class SqliteConnection:
    """See `desk.connections.base.Connection`."""

    def __init__(self, source: Source) -> None:
        self._path = source.path
        try:
            self._file = _identity(self._path)
            self._connection = _open(source)
        except (sqlite3.Error, OSError) as error:
            raise SourceDown(f"{source} cannot be opened: {error}") from error

    def ask(self, question: Question) -> Answer:
        if not self.alive():
            raise SourceDown(f"{self._path} was replaced or removed")
        deadline = time.monotonic() + question.seconds
        late = False

        def watch() -> bool:
            nonlocal late
            late = time.monotonic() > deadline
            return late

        self._connection.set_progress_handler(watch, STEPS)
        try:
            return self._ask(question)
        except (sqlite3.Error, sqlite3.Warning) as error:
            if late:
                raise QueryTooSlow(f"cancelled after {question.seconds:g} s") from error
            raise QueryFailed(str(error)) from error

    def alive(self) -> bool:
        """An open file stays what it was when an export puts a new one in its place."""
        try:
            return _identity(self._path) == self._file
        except OSError:
            return False

    def close(self) -> None:
        self._connection.close()

    def _ask(self, question: Question) -> Answer:
        values = {name: _stored(value) for name, value in question.values.items()}
        cursor = self._connection.cursor()
        try:
            cursor.execute(question.sql, values)
            columns = [column[0] for column in cursor.description or ()]
            return Answer(columns, cursor.fetchmany(question.rows))
        finally:
            cursor.close()


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _open(source: Source) -> sqlite3.Connection:
    uri = f"{source.path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=1.0, isolation_level=None)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # opens the file
    connection.set_authorizer(_authorize)
    return connection


def _authorize(action: int, first: str | None, second: str | None, *_: Any) -> int:
    if action not in READING:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second in FORBIDDEN_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _stored(value: Bound) -> str | int | float | None:
    """SQLite has no decimals and no dates: it compares them as numbers and ISO texts."""
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, str | int) else value.isoformat()
