"""A PostgreSQL server as the store needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import peewee
import psycopg
from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown

CONNECT_SECONDS = 5
LIVENESS: dict[str, Any] = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    # Milliseconds until what the other machine does not acknowledge counts as a broken line.
    "tcp_user_timeout": 30_000,
}
"""Of libpq (https://www.postgresql.org/docs/current/libpq-connect.html): a server that vanished is
noticed within a minute, not after the kernel's two hours."""


ANSWER_SECONDS = 30.0
"""A server that takes longer for one statement is away. `LIVENESS` does not see one that hangs, as
its kernel goes on to acknowledge."""


class Connection(psycopg.Connection[Any]):
    """Raises psycopg.OperationalError, and is closed then, when no answer comes in time."""

    patience: float | None = ANSWER_SECONDS
    """Seconds."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        began, limit = monotonic(), timeout or self.patience
        try:
            return super().wait(gen, interval, limit)
        except psycopg.OperationalError:
            if timeout or limit is None or monotonic() - began < limit:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(f"no answer within {limit:g} s") from None


class Adapter(peewee.Psycopg3Adapter):
    def connect(self, db: peewee.Database, **options: Any) -> Connection:
        return Connection.connect(db.database, **options)


class Server(peewee.PostgresqlDatabase):
    psycopg3_adapter = Adapter

    def __init__(self, url: str) -> None:
        super().__init__(
            url, connect_timeout=CONNECT_SECONDS, application_name="pressline", **LIVENESS
        )

    def _connect(self) -> Any:
        connection = super()._connect()  # type: ignore[misc]
        connection.adapters.register_dumper(str, _WithoutNul)
        return connection


@contextmanager
def unhurried(database: peewee.Database) -> Iterator[None]:
    """For what may take long on a large store. On other databases nothing changes."""
    if not isinstance(database, Server):
        yield
        return
    connection: Connection = database.connection()  # type: ignore[no-untyped-call]
    before, connection.patience = connection.patience, None
    try:
        yield
    finally:
        connection.patience = before


class _WithoutNul(StrDumperUnknown):
    """PostgreSQL refuses the character NUL in any text, SQLite takes it: whatever form or caller
    it came from, here it is left out."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "") if "\0" in obj else obj)
