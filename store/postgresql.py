"""A PostgreSQL server as the store needs it."""

from typing import Any

import peewee
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


class Server(peewee.PostgresqlDatabase):
    def __init__(self, url: str) -> None:
        super().__init__(
            url, connect_timeout=CONNECT_SECONDS, application_name="pressline", **LIVENESS
        )

    def _connect(self) -> Any:
        connection = super()._connect()  # type: ignore[misc]
        connection.adapters.register_dumper(str, _WithoutNul)
        return connection


class _WithoutNul(StrDumperUnknown):
    """PostgreSQL refuses the character NUL in any text, SQLite takes it: whatever form or caller
    it came from, here it is left out."""

    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "") if "\0" in obj else obj)
