"""Many rows in one statement, past the ORM: the callbox pays for every call."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from store.database import database


@cache
def _insert(table: str, columns: tuple[str, ...], conflict: str, param: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(param for _ in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks}) {conflict}'


def insert(
    table: str, columns: tuple[str, ...], rows: Iterable[Sequence[Any]], conflict: str
) -> None:
    """Insert rows; `conflict` is the `ON CONFLICT …` clause. Raises the driver's errors."""
    database.connect(reuse_if_open=True)
    database.cursor().executemany(_insert(table, columns, conflict, database.param), rows)


def overwrite(key: str, columns: Iterable[str]) -> str:
    """The clause that makes an insert replace what `key` already has."""
    values = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in columns if name != key)
    return f'ON CONFLICT ("{key}") DO UPDATE SET {values}'
