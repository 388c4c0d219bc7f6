"""PostgreSQL: one statement in a read-only transaction, as a cursor.

The query travels as `DECLARE … CURSOR FOR <query>` in the extended protocol. So it is one
statement (the protocol refuses more), it is a SELECT, VALUES or WITH (a cursor takes nothing
else: no SET, COMMIT, COPY, DO), it runs in a READ ONLY transaction, which cannot be made
writable once it has read anything, and all that it changed in the session is rolled back.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.adapt import Loader
from psycopg.errors import QueryCanceled
from psycopg.pq import TransactionStatus

from desk.connections.base import CONNECT_SECONDS, GRACE, Answer, Question
from desk.connections.watchdog import cut_off, shut_down
from desk.errors import QueryFailed, QueryTooSlow, SourceDown, SourceRefused
from desk.parameters import Bound
from desk.placeholders import rewrite
from desk.sources import Source

TEXTS = ("text", "varchar", "bpchar", "name", '"char"', "json", "jsonb", "xml")


class PostgresqlConnection:
    """See `desk.connections.base.Connection`."""

    def __init__(self, source: Source) -> None:
        self._connection = _open(source)
        try:
            _refuse_superuser(self._connection, source)
        except SourceRefused:
            self.close()
            raise

    def ask(self, question: Question) -> Answer:
        order: list[str] = []
        numbered = rewrite(question.sql, lambda name: _number(order, name))
        try:
            with cut_off(question.seconds + GRACE, self._shut_down):
                return self._ask(question, numbered, [question.values[name] for name in order])
        except QueryCanceled as error:
            raise QueryTooSlow(f"cancelled after {question.seconds:g} s") from error
        except (psycopg.Error, UnicodeError, ValueError) as error:
            raise self._trouble(error) from error
        finally:
            self._roll_back()

    def alive(self) -> bool:
        try:
            with cut_off(CONNECT_SECONDS, self._shut_down):
                self._connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._connection.close()

    def _ask(self, question: Question, sql: str, values: Sequence[Bound]) -> Answer:
        connection = self._connection
        connection.execute("BEGIN READ ONLY")
        milliseconds = int(question.seconds * 1000)
        connection.execute(f"SET LOCAL statement_timeout = {milliseconds}".encode())
        with psycopg.RawCursor(connection) as cursor:
            # A binary result asks for the extended protocol, also without parameters.
            cursor.execute(f"DECLARE answer CURSOR FOR {sql}".encode(), values, binary=True)
        # One FETCH, since the query itself may change the time limit of what follows it.
        found = connection.execute(f"FETCH {int(question.rows)} FROM answer".encode())
        columns = [column.name for column in found.description or ()]
        return Answer(columns, found.fetchall())

    def _trouble(self, error: Exception) -> QueryFailed | SourceDown:
        text = " ".join(str(error).split())
        return SourceDown(text) if self._connection.broken else QueryFailed(text)

    def _shut_down(self) -> None:
        with suppress(psycopg.Error):
            shut_down(self._connection.fileno())

    def _roll_back(self) -> None:
        if self._connection.info.transaction_status == TransactionStatus.UNKNOWN:
            return
        with suppress(psycopg.Error):
            self._connection.execute("ROLLBACK")


def _open(source: Source) -> psycopg.Connection[Any]:
    try:
        connection = psycopg.connect(
            host=source.host,
            port=source.parts.port or 5432,
            user=source.user or None,
            password=source.password or None,
            dbname=source.database,
            connect_timeout=CONNECT_SECONDS,
            client_encoding="UTF8",
            application_name="pressline",
            options="-c default_transaction_read_only=on",
            autocommit=True,
        )
    except psycopg.OperationalError as error:
        text = f"{source} does not let us in: {' '.join(str(error).split())}"
        raise SourceDown(source.scrub(text)) from None
    if connection.info.parameter_status("server_encoding") == "SQL_ASCII":
        # Such a database holds bytes of any encoding, and refuses to give them as UTF-8.
        connection.execute("SET client_encoding TO SQL_ASCII")
    for name in TEXTS:
        connection.adapters.register_loader(name, _LenientText)
    return connection


def _refuse_superuser(connection: psycopg.Connection[Any], source: Source) -> None:
    """A superuser's functions write files and run programs, in a read-only transaction too."""
    if connection.info.parameter_status("is_superuser") == "on":
        raise SourceRefused(
            f'{source}: user "{source.user}" is a superuser, whose queries could write files; '
            "expected a user that may only read: CREATE ROLE … LOGIN; GRANT pg_read_all_data TO …"
        )


class _LenientText(Loader):
    """Never fails on a byte."""

    def load(self, data: Any) -> str:
        return bytes(data).decode("utf-8", "replace")


def _number(order: list[str], name: str) -> str:
    if name not in order:
        order.append(name)
    return f"${order.index(name) + 1}"
