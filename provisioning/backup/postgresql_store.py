"""A PostgreSQL store: dumped while others write, summed at the same moment, and put back."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from store.folders import sync_file

from .dump_reading import sums_in
from .errors import NotSetUp, StoreFaulty
from .postgresql_programs import ZONE, environment_of, newest
from .sums import Sums, TableSum, sum_of

FILE = "store.pgdump"
LIMIT = 4 * 3600
"""Seconds that one run of PostgreSQL's programs may take."""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (
        SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


class PostgresqlStore:
    """The store at `url`."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self._url = url

    def copy(self, folder: Path) -> Sums:
        """Dump it as it is at one moment; the sums of that moment.

        The dump is not compressed: restic compresses, and finds what has not changed only in
        what is not compressed yet. Raises `StoreFaulty`, `NotSetUp`.
        """
        target = folder / FILE
        target.unlink(missing_ok=True)
        with self._connected() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = _one(connection, "SELECT pg_export_snapshot()")
            self._run("pg_dump", "--format=custom", "--compress=0", f"--snapshot={snapshot}",
                      f"--file={target}")  # fmt: skip
            found = {name: _sum(connection, name) for name in _tables(connection)}
        sync_file(target)
        return found

    def restore(self, folder: Path) -> None:
        """Put the dump in place of what is there. It may be done again when it was cut off.

        Raises `StoreFaulty`, `NotSetUp`.
        """
        self._clear()
        self._run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction",
                  "--exit-on-error", f"--dbname={self._database}", str(folder / FILE))  # fmt: skip

    def put_aside(self, folder: Path) -> None:
        """Keep a dump of what is there, and empty the database. Raises `StoreFaulty`."""
        self.copy(folder)
        self._clear()

    def is_empty(self) -> bool:
        """Raises `StoreFaulty`."""
        with self._connected() as connection:
            return not _tables(connection)

    def sums(self) -> Sums:
        """Of the store as it is now. Raises `StoreFaulty`."""
        with self._connected() as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return {name: _sum(connection, name) for name in _tables(connection)}

    def sums_of_copy(self, folder: Path) -> Sums:
        """Of a dump that `copy` made, read without a server. Raises `StoreFaulty`, `NotSetUp`."""
        return sums_in(folder / FILE)

    @property
    def _database(self) -> str:
        return str(conninfo_to_dict(self._url).get("dbname", ""))

    def _clear(self) -> None:
        with self._connected() as connection:
            for name in _tables(connection):
                dropped = sql.SQL("DROP TABLE IF EXISTS {} CASCADE")
                connection.execute(dropped.format(sql.Identifier(name)))
            for (function,) in connection.execute(FUNCTIONS).fetchall():
                # `regprocedure` writes the name quoted as it must be.
                statement = f"DROP ROUTINE IF EXISTS {function} CASCADE"
                connection.execute(statement.encode())

    def _connected(self) -> "_Connected":
        return _Connected(self._url)

    def _run(self, program: str, *arguments: str) -> None:
        command = [newest(program), "--no-password", *arguments]
        environment = {**os.environ, **environment_of(self._url)}
        try:
            subprocess.run(
                command, env=environment, check=True, capture_output=True,
                stdin=subprocess.DEVNULL, timeout=LIMIT,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip()[-500:]
            raise StoreFaulty(f"{program} failed: {said}") from error
        except subprocess.TimeoutExpired as error:
            raise StoreFaulty(f"{program} was not done in {LIMIT // 3600} hours") from error
        except OSError as error:
            raise NotSetUp(f"{command[0]} cannot be run: {error}") from error


class _Connected:
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


def _one(connection: "psycopg.Connection[Any]", query: str) -> str:
    row: Sequence[Any] | None = connection.execute(query.encode()).fetchone()
    return str(row[0]) if row else ""


def _tables(connection: "psycopg.Connection[Any]") -> list[str]:
    return [row[0] for row in connection.execute(TABLES).fetchall()]


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
