"""MySQL and MariaDB: one prepared SELECT in a read-only transaction.

The query is prepared on the server, which takes one statement only, with its parameters bound
from session variables. It is prepared as `EXPLAIN FORMAT=JSON <query>` too, and never run so:
the server itself then refuses what is no query (SET GLOBAL, KILL, SHUTDOWN, CALL, COMMIT …),
which a read-only transaction would let pass. A bare EXPLAIN would not: it takes COMMIT, and any
other word that is not reserved, for the name of a table to describe.
"""

import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pymysql
from pymysql.cursors import SSCursor

from desk.connections.base import CONNECT_SECONDS, GRACE, Answer, Question
from desk.connections.watchdog import cut_off, shut_down
from desk.errors import QueryFailed, QueryTooSlow, SourceDown, SourceRefused
from desk.parameters import Bound
from desk.placeholders import MYSQL, rewrite
from desk.sources import Source

TIMED_OUT = (1969, 3024)
"""MariaDB's ER_STATEMENT_TIMEOUT, MySQL's ER_QUERY_TIMEOUT."""
REFUSED = (1044, 1045, 1049, 1698)
"""Access denied, or no such database."""
GONE = (2006, 2013)
"""The server has gone away; lost during query."""
WRITES_FILES = """SELECT privilege_type FROM information_schema.user_privileges
WHERE privilege_type IN ('FILE', 'SUPER') AND grantee = CONCAT("'",
SUBSTRING_INDEX(CURRENT_USER(), '@', 1), "'@'", SUBSTRING_INDEX(CURRENT_USER(), '@', -1), "'")"""


class MysqlConnection:
    """See `desk.connections.base.Connection`."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._connection, self._line = _open(source)
        version: str = self._connection.get_server_info()  # type: ignore[no-untyped-call]
        self._is_mariadb = "MariaDB" in version
        try:
            self._refuse_writer_of_files()
        except (pymysql.MySQLError, SourceRefused):
            self.close()
            raise

    def ask(self, question: Question) -> Answer:
        order: list[str] = []
        marked = rewrite(question.sql, lambda name: _mark(order, name), MYSQL)
        try:
            with cut_off(question.seconds + GRACE, self._shut_down):
                return self._ask(question, marked, [question.values[name] for name in order])
        except (pymysql.MySQLError, OSError, ValueError) as error:
            raise self._trouble(error, question.seconds) from error

    def alive(self) -> bool:
        try:
            with cut_off(CONNECT_SECONDS, self._shut_down):
                self._connection.ping(reconnect=False)
        except (pymysql.MySQLError, OSError):
            return False
        return True

    def close(self) -> None:
        """Not by a last word to the server, which could take long."""
        shut_down(self._line.fileno())
        with suppress(pymysql.MySQLError, OSError):
            self._connection.close()

    def _ask(self, question: Question, sql: str, values: Sequence[Bound]) -> Answer:
        self._limit(question.rows, question.seconds)
        self._prepare(sql, values)
        self._run("START TRANSACTION READ ONLY")
        names = ", ".join(f"@p{position}" for position in range(len(values)))
        try:
            return self._fetch(f"EXECUTE asked {f'USING {names}' if names else ''}", question.rows)
        finally:
            with suppress(pymysql.MySQLError, OSError):
                self._run("ROLLBACK")

    def _limit(self, rows: int, seconds: float) -> None:
        limit = (
            f"max_statement_time = {seconds:.3f}"
            if self._is_mariadb
            else f"max_execution_time = {int(seconds * 1000)}"
        )
        self._run(f"SET SESSION {limit}, sql_select_limit = {int(rows)}")

    def _prepare(self, sql: str, values: Sequence[Bound]) -> None:
        bound = [f"@p{position} = {_literal(value)}" for position, value in enumerate(values)]
        self._run(f"SET {', '.join([f'@asked = {_literal(sql)}', *bound])}")
        self._run("SET @explained = CONCAT('EXPLAIN FORMAT=JSON ', @asked)")
        self._run("PREPARE explained FROM @explained")
        self._run("PREPARE asked FROM @asked")

    def _run(self, sql: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)

    def _fetch(self, sql: str, rows: int) -> Answer:
        cursor = _Rows(self._connection)
        try:
            cursor.execute(sql)
            columns = [str(column[0]) for column in cursor.description or ()]
            found = list(cursor.fetchmany(rows)) if columns else []
            if len(found) == rows and cursor.fetchone() is not None:
                self.close()
        finally:
            cursor.let_go()
        return Answer(columns, found)

    def _trouble(self, error: Exception, seconds: float) -> QueryFailed | SourceDown:
        code = error.args[0] if error.args else None
        text = " ".join(str(error).split())
        if code in TIMED_OUT:
            return QueryTooSlow(f"cancelled after {seconds:g} s")
        if code in GONE or isinstance(error, OSError | pymysql.InterfaceError):
            return SourceDown(text)
        if not isinstance(error, pymysql.MySQLError):
            self.close()  # bytes that could not be decoded: the rest of them still waits
        return QueryFailed(text)

    def _shut_down(self) -> None:
        shut_down(self._line.fileno())

    def _refuse_writer_of_files(self) -> None:
        """SELECT … INTO OUTFILE writes in a read-only transaction too."""
        if self._fetch(WRITES_FILES, 1).rows:
            raise SourceRefused(
                f'{self._source}: user "{self._source.user}" may write files on the server; '
                "expected one that may only read: "
                f"GRANT SELECT ON {self._source.database}.* TO …"
            )


class _Rows(SSCursor):
    """Rows as they arrive, without fetching those that nobody asked for at its end."""

    _result: Any

    def let_go(self) -> None:
        """Only after the last row, or when the connection is not used again."""
        if self._result is not None:
            self._result.unbuffered_active = False
        self.close()


def _open(source: Source) -> tuple["pymysql.Connection[Any]", socket.socket]:
    port = source.parts.port or 3306
    try:
        line = socket.create_connection((source.host, port), CONNECT_SECONDS)
    except OSError as error:
        raise SourceDown(f"{source} cannot be reached: {error}") from error
    connection = pymysql.Connection(
        host=source.host,
        port=port,
        user=source.user or None,
        password=source.password,
        database=source.database,
        charset="utf8mb4",
        init_command="SET SESSION TRANSACTION READ ONLY",
        autocommit=True,
        local_infile=False,
        defer_connect=True,
    )
    try:
        with cut_off(CONNECT_SECONDS, lambda: shut_down(line.fileno())):
            connection.connect(line)
    except (pymysql.MySQLError, OSError, RuntimeError) as error:
        line.close()
        kind = SourceRefused if error.args and error.args[0] in REFUSED else SourceDown
        raise kind(source.scrub(f"{source} does not let us in: {error}")) from None
    line.settimeout(None)  # from here on the watchdog holds the time
    return connection, line


def _mark(order: list[str], name: str) -> str:
    order.append(name)
    return "?"


def _literal(value: Bound) -> str:
    """Texts travel as hexadecimal digits: there is nothing in them to escape."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return f"CONVERT(X'{value.encode().hex()}' USING utf8mb4)"
