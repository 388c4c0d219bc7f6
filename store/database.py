"""The connection to the store: SQLite by default, PostgreSQL by URL.

Thread rules. peewee keeps one connection per thread, and per greenlet under gevent's monkey
patching. Blocking calls of this package belong in native threads and ordinary processes; the
callbox's loop never calls them and hands its writes to `store.writer.Writer`. A thread that ends
closes its own connection with `disconnect()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee

from store.errors import StoreAway
from store.postgresql import Server

database = peewee.DatabaseProxy()

BUSY_MS = 5_000
"""How long SQLite waits for another process's transaction, in milliseconds."""

PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "busy_timeout": BUSY_MS,
    # With WAL, NORMAL loses nothing when a process is killed, only when the power fails.
    "synchronous": "normal",
}
POSTGRESQL = ("postgresql://", "postgres://")
AWAY = (
    peewee.OperationalError,
    peewee.InterfaceError,
    peewee.ProgrammingError,
    peewee.DatabaseError,
)
"""What a store raises that does not answer; the plain DatabaseError is SQLite's for a page that is
damaged ("database disk image is malformed"). Faults of a row's own values are none of them."""


class Base(peewee.Model):
    """Base of all models."""

    class Meta:
        database = database
        legacy_table_names = False


def connect(target: str | Path) -> peewee.Database:
    """Bind the models to `target`: a path, `sqlite:///path` or `postgresql://…`.

    Raises `StoreAway` when it cannot be opened.
    """
    opened = _bound(str(target))
    try:
        opened.connect(reuse_if_open=True)
    except (peewee.PeeweeException, OSError) as error:
        raise StoreAway(f"the store cannot be opened: {error}") from error
    return opened


def disconnect() -> None:
    """Close this thread's connection, if it has one."""
    if not database.is_closed():
        database.close()


@contextmanager
def translated() -> Iterator[None]:
    """Around what asks the database, also as a decorator: raises `StoreAway` for its errors."""
    try:
        yield
    except (peewee.DatabaseError, peewee.InterfaceError) as error:
        if type(error) not in AWAY:
            raise
        raise StoreAway(f"the store does not answer: {reason(error)}") from error


def reason(error: BaseException) -> str:
    """That of the first error: SQLite rolls back by itself on a full disk, and then a rollback
    fails, too."""
    first, before = error, error.__context__
    while before is not None:
        first = before if isinstance(before, peewee.PeeweeException) else first
        before = before.__context__
    return str(first)


def is_sqlite() -> bool:
    """SQLite and PostgreSQL lock rows in different ways."""
    return isinstance(database.obj, peewee.SqliteDatabase)


def writing() -> Any:
    """A transaction that holds the right to write from its start.

    SQLite's deferred transaction fails with "database is locked", without waiting, when it
    turns from reading to writing after somebody else wrote.
    """
    return database.atomic("IMMEDIATE") if is_sqlite() else database.atomic()


_target = ""
"""What the models are bound to."""


def _bound(target: str) -> peewee.Database:
    """The same again for the same target: its threads' connections are closed through it."""
    global _target
    if database.obj is None or target != _target:
        database.initialize(_make(target))
        _target = target
    return database.obj  # type: ignore[no-any-return]


def _make(target: str) -> peewee.Database:
    if target.startswith(POSTGRESQL):
        return Server(target)
    path = Path(target.removeprefix("sqlite:///"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreAway(f"the store's folder cannot be made: {error}") from error
    return peewee.SqliteDatabase(str(path), pragmas=PRAGMAS, timeout=BUSY_MS / 1000)
