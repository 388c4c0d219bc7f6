"""A PostgreSQL store: dumped while others write, summed at the same moment, and put back."""

import os
import subprocess
from pathlib import Path

from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from store.folders import sync_file

from .dump_reading import sums_in
from .errors import NotSetUp, StoreFaulty
from .postgresql_connection import AT_ONE_MOMENT, Connected, one, sums_of, tables
from .postgresql_programs import environment_of, newest
from .room import assert_room
from .sums import Sums

FILE = "store.pgdump"
LIMIT = 4 * 3600
"""Seconds that one run of PostgreSQL's programs may take."""
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
        what is not compressed yet. Raises `StoreFaulty`, `NotSetUp`, `NoRoom`.
        """
        target = folder / FILE
        target.unlink(missing_ok=True)
        with Connected(self._url) as connection:
            connection.execute(AT_ONE_MOMENT)
            size = one(connection, "SELECT pg_database_size(current_database())")
            assert_room(folder, int(size), "a dump of the store")
            snapshot = one(connection, "SELECT pg_export_snapshot()")
            self._run("pg_dump", "--format=custom", "--compress=0", f"--snapshot={snapshot}",
                      f"--file={target}")  # fmt: skip
            found = sums_of(connection)
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
        with Connected(self._url) as connection:
            return not tables(connection)

    def sums(self) -> Sums:
        """Of the store as it is now. Raises `StoreFaulty`."""
        with Connected(self._url) as connection:
            connection.execute(AT_ONE_MOMENT)
            return sums_of(connection)

    def sums_of_copy(self, folder: Path) -> Sums:
        """Of a dump that `copy` made, read without a server. Raises `StoreFaulty`, `NotSetUp`."""
        return sums_in(folder / FILE)

    @property
    def _database(self) -> str:
        return str(conninfo_to_dict(self._url).get("dbname", ""))

    def _clear(self) -> None:
        with Connected(self._url) as connection:
            for name in tables(connection):
                dropped = sql.SQL("DROP TABLE IF EXISTS {} CASCADE")
                connection.execute(dropped.format(sql.Identifier(name)))
            for (function,) in connection.execute(FUNCTIONS).fetchall():
                # `regprocedure` writes the name quoted as it must be.
                statement = f"DROP ROUTINE IF EXISTS {function} CASCADE"
                connection.execute(statement.encode())

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
