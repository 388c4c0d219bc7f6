"""One open connection for each source, in each thread of each process."""

import os
import threading
import time
from collections.abc import Callable

from desk.breaker import Breaker
from desk.connections.base import Answer, Connection, Question
from desk.connections.mysql import MysqlConnection
from desk.connections.postgresql import PostgresqlConnection
from desk.connections.sqlite import SqliteConnection
from desk.errors import SourceDown, SourceRefused
from desk.sources import Kind, Source

OPEN: dict[Kind, Callable[[Source], Connection]] = {
    Kind.SQLITE: SqliteConnection,
    Kind.POSTGRESQL: PostgresqlConnection,
    Kind.MYSQL: MysqlConnection,
}
IDLE = 20.0
"""Seconds after which a connection is asked whether it still stands before it is used."""


class Pool(threading.local):
    """Connections are kept with the source as it was: a changed address opens a new one."""

    def __init__(self, breaker: Breaker) -> None:
        self._breaker = breaker
        self._open: dict[str, tuple[Source, Connection, float]] = {}
        self._process = os.getpid()

    def ask(self, source: Source, question: Question) -> Answer:
        """Raises `QueryFailed`, `QueryTooSlow`, `SourceDown`, `SourceRefused`."""
        self._breaker.check(source.name)
        try:
            answer = self._ask(source, question)
        except (SourceDown, SourceRefused) as error:
            self._breaker.failed(source.name, str(error))
            raise
        self._breaker.worked(source.name)
        return answer

    def close(self) -> None:
        for name in list(self._open):
            self._drop(name)

    def _ask(self, source: Source, question: Question) -> Answer:
        kept = self._kept(source)
        if kept is not None:
            started = time.monotonic()
            try:
                return self._use(source, kept, question)
            except SourceDown:
                self._drop(source.name)
                if time.monotonic() - started > question.seconds:
                    raise  # cut off at its time limit, not a connection that had gone stale
        return self._use(source, OPEN[source.kind](source), question)

    def _use(self, source: Source, connection: Connection, question: Question) -> Answer:
        self._open[source.name] = source, connection, time.monotonic()
        return connection.ask(question)

    def _kept(self, source: Source) -> Connection | None:
        if self._process != os.getpid():  # a fork must not speak on its parent's connections
            self._open, self._process = {}, os.getpid()
        if source.name not in self._open:
            return None
        known, connection, used_at = self._open[source.name]
        idle = time.monotonic() - used_at
        if known == source and (idle < IDLE or connection.alive()):
            return connection
        self._drop(source.name)
        return None

    def _drop(self, name: str) -> None:
        _, connection, _ = self._open.pop(name)
        connection.close()
