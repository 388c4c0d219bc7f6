"""Which kind of store there is."""

from pathlib import Path
from typing import Protocol

from .postgresql_store import PostgresqlStore
from .sqlite_store import SqliteStore
from .sums import Sums

POSTGRESQL = ("postgresql://", "postgres://")


class Store(Protocol):
    """What backups and upgrades do with a store. All of it blocks and raises `BackupError`s."""

    kind: str

    def copy(self, folder: Path) -> Sums: ...

    def restore(self, folder: Path) -> None: ...

    def put_aside(self, folder: Path) -> None: ...

    def is_empty(self) -> bool: ...

    def sums(self) -> Sums: ...

    def sums_of_copy(self, folder: Path) -> Sums: ...


def store_at(url: str) -> Store:
    """`url` as `Settings.store_url` has it."""
    if url.startswith(POSTGRESQL):
        return PostgresqlStore(url)
    return SqliteStore(Path(url.removeprefix("sqlite:///")))
