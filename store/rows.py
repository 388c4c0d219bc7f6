"""Many rows in one statement, past the ORM: the callbox pays for every call.

One statement for many rows, not `executemany`: SQLite's driver gives up the interpreter's lock
at each row, and a busy callbox keeps it for 5 ms each time.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

from store.database import database

CHUNK = 100
"""Rows of a statement; times 16 columns it stays far below SQLite's 32,766 parameters."""

Row = Sequence[Any]


def insert(table: str, columns: tuple[str, ...], rows: Iterable[Row], conflict: str) -> None:
    """Insert rows; `conflict` is the `ON CONFLICT …` clause. Raises the driver's errors."""
    database.connect(reuse_if_open=True)
    cursor = database.cursor()
    for chunk in _chunks(iter(rows)):
        sql = _insert(table, columns, len(chunk), conflict, database.param)
        cursor.execute(sql, tuple(chain.from_iterable(chunk)))


def last_of_each(rows: Iterable[Row]) -> Iterable[Row]:
    """The last row of each key (the first column): PostgreSQL updates a row once a statement."""
    return {row[0]: row for row in rows}.values()


def overwrite(key: str, columns: Iterable[str]) -> str:
    """The clause that makes an insert replace what `key` already has."""
    values = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in columns if name != key)
    return f'ON CONFLICT ("{key}") DO UPDATE SET {values}'


def _chunks(rows: Iterator[Row]) -> Iterator[Sequence[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


@cache
def _insert(table: str, columns: tuple[str, ...], count: int, conflict: str, param: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    row = f"({', '.join(param for _ in columns)})"
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([row] * count)} {conflict}'
