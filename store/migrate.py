"""Bring the schema up to date, one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from playhouse.migrations import MigrationError, Runner

from store.database import database, is_sqlite
from store.errors import MigrationFailed
from store.postgresql import unhurried

FOLDER = Path(__file__).parent / "migrations"
LOCK = 7_265_737
"""PostgreSQL advisory lock of our migrations: any number that nobody else uses."""


def migrate() -> list[str]:
    """Apply the migrations that are missing; their names.

    Raises `MigrationFailed`, also for a store that a newer version has changed.
    """
    try:
        with unhurried(database.obj), _alone():
            runner = Runner(database.obj, str(FOLDER))
            _refuse_newer(runner)
            return list(runner.up())
    except (peewee.PeeweeException, MigrationError, OSError) as error:
        raise MigrationFailed(f"the store's schema could not be brought up: {error}") from error


def _refuse_newer(runner: Runner) -> None:
    """An older program would misread what a newer one has changed."""
    unknown = [found.name for found in runner.status() if found.path is None]
    if unknown:
        raise MigrationFailed(
            f"the store belongs to a newer version of Pressline ({', '.join(unknown)}): run that "
            "version, or bring back a backup from before (pressline restore)"
        )


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
