"""Bring the schema up to date, one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from playhouse.migrations import MigrationError, Runner

from store.database import database, is_sqlite
from store.errors import MigrationFailed

FOLDER = Path(__file__).parent / "migrations"
LOCK = 7_265_737
"""PostgreSQL advisory lock of our migrations: any number that nobody else uses."""


def migrate() -> list[str]:
    """Apply the migrations that are missing; their names. Raises `MigrationFailed`."""
    try:
        with _alone():
            return list(Runner(database.obj, str(FOLDER)).up())
    except (peewee.PeeweeException, MigrationError, OSError) as error:
        raise MigrationFailed(f"the store's schema could not be brought up: {error}") from error


@contextmanager
def _alone() -> Iterator[None]:
    if is_sqlite():
        with Path(f"{database.database}.migrating").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    database.execute_sql("SELECT pg_advisory_lock(%s)", (LOCK,))
    try:
        yield
    finally:
        database.execute_sql("SELECT pg_advisory_unlock(%s)", (LOCK,))
