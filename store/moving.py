"""A whole store from its file to a PostgreSQL server: every row, counted and compared, in one
transaction. The file stays as it was."""

import hashlib
import sqlite3
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import peewee
import psycopg

from store import message_search
from store.database import connect, database, disconnect, writing
from store.errors import MoveFailed
from store.migrate import migrate
from store.models import ALL, MessageIndex
from store.postgresql import unhurried

AT_ONCE = 1_000
Row: TypeAlias = tuple[Any, ...]


class _Sum:
    """Of rows in any order: the two databases sort texts in different ways."""

    def __init__(self) -> None:
        self.rows = 0
        self.digest = 0

    def add(self, row: Row) -> Row:
        self.rows += 1
        seen = repr(tuple(_single(value) for value in row))
        self.digest ^= int.from_bytes(hashlib.sha256(seen.encode()).digest(), "big")
        return row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sum) and vars(self) == vars(other)


def _single(value: Any) -> Any:
    """The server keeps numbers with a point (`REAL`) to seven digits: lengths in seconds."""
    return struct.pack("f", value) if isinstance(value, float) else value


def move(source: Path, target: str) -> Mapping[str, int]:
    """Copy the store in `source` to the empty database `target`; the rows of each table.

    Nobody may write to `source` meanwhile. Raises `StoreAway`, `MigrationFailed`, `MoveFailed`:
    nothing is in `target` then but empty tables.
    """
    if not source.is_file():
        raise MoveFailed(f"{source}: there is no store to move")
    connect(source)
    migrate()
    disconnect()
    connect(target)
    try:
        migrate()
        kept = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
        with closing(kept) as old, unhurried(database.obj), writing():
            return _moved(old)
    except (peewee.PeeweeException, psycopg.Error, sqlite3.Error) as error:
        raise MoveFailed(f"the store was not moved: {error}") from error
    finally:
        disconnect()


def _moved(old: sqlite3.Connection) -> Mapping[str, int]:
    models = [model for model in ALL if model is not MessageIndex]
    if full := [model._meta.table_name for model in models if model.select().exists()]:
        raise MoveFailed(f"the database to move to is in use: rows in {', '.join(full)}")
    moved = {model._meta.table_name: _copied(old, model) for model in models}
    # Words are kept in another form by each database.
    for (message,) in old.execute("SELECT message_id FROM message_index ORDER BY id"):
        message_search.index(message)
    return moved


def _copied(old: sqlite3.Connection, model: Any) -> int:
    """The table's rows; the server checks references at the end of a `COPY`, not row by row."""
    meta, cursor = model._meta, database.cursor()
    given, kept = _Sum(), _Sum()
    columns = ", ".join(f'"{field.column_name}"' for field in meta.sorted_fields)
    with cursor.copy(f'COPY "{meta.table_name}" ({columns}) FROM STDIN') as copy:
        for row in _rows(old, model, columns):
            copy.write_row(given.add(row))
    cursor.execute(f'SELECT {columns} FROM "{meta.table_name}"')
    while rows := cursor.fetchmany(AT_ONCE):
        for row in rows:
            kept.add(tuple(row))
    if given != kept:
        raise MoveFailed(
            f"{meta.table_name}: {given.rows} rows were sent and {kept.rows} came back, or others"
        )
    _count_on(model)
    return given.rows


def _rows(old: sqlite3.Connection, model: Any, columns: str) -> Iterator[Row]:
    """As the server gives them back."""
    fields: Sequence[Any] = model._meta.sorted_fields
    for row in old.execute(f'SELECT {columns} FROM "{model._meta.table_name}"'):
        yield tuple(_value(field, value) for field, value in zip(fields, row, strict=True))


def _value(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, peewee.BooleanField):
        return bool(value)
    if isinstance(field, peewee.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field, peewee.FloatField):
        return float(value)
    return value


def _count_on(model: Any) -> None:
    """The next row gets a number of its own."""
    key = model._meta.primary_key
    if isinstance(key, peewee.AutoField):
        table, column = model._meta.table_name, key.column_name
        database.execute_sql(
            "SELECT setval(pg_get_serial_sequence(%s, %s), max(id)) "
            f'FROM (SELECT max("{column}") AS id FROM "{table}") AS last WHERE id IS NOT NULL',
            (f'"{table}"', column),
        )
