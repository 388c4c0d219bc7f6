"""A connection to PostgreSQL, and the sums of its tables."""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg import sql

from .errors import StoreFaulty
from .postgresql_programs import ZONE
from .sums import Sums, TableSum, sum_of

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
AT_ONE_MOMENT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Connected:
    """A connection whose errors are the store's."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> "psycopg.Connection[Any]":
        try:
            self._connection = psycopg.connect(self._url, connect_timeout=10, autocommit=True)
            self._connection.execute(f"SET timezone = '{ZONE}'")
            self._connection.execute("SET datestyle = 'ISO'")
        except psycopg.Error as error:
            raise StoreFaulty(f"the store does not answer: {error}") from error
        return self._connection

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._connection.close()
        if isinstance(error, psycopg.Error):
            raise StoreFaulty(f"the store does not answer: {error}") from error


def one(connection: "psycopg.Connection[Any]", query: str) -> str:
    row: Sequence[Any] | None = connection.execute(query.encode()).fetchone()
    return str(row[0]) if row else ""


def tables(connection: "psycopg.Connection[Any]") -> list[str]:
    return [row[0] for row in connection.execute(TABLES).fetchall()]


def sums_of(connection: "psycopg.Connection[Any]") -> Sums:
    """Of all tables, at one moment when the connection has begun `AT_ONE_MOMENT`."""
    return {name: _sum(connection, name) for name in tables(connection)}


def _sum(connection: "psycopg.Connection[Any]", table: str) -> TableSum:
    return sum_of(_lines(connection, table))


def _lines(connection: "psycopg.Connection[Any]", table: str) -> Iterator[bytes]:
    """The rows as `COPY` writes them, which is how they stand in a dump."""
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(statement) as rows:
        rest = b""
        for chunk in rows:
            *lines, rest = (rest + bytes(chunk)).split(b"\n")
            yield from lines
