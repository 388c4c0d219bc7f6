"""The worker's queue: SQLite in the home, or a Redis server.

A job in it is a hint to do at once what the worker finds in the store anyway. Whoever gives one
goes on whatever becomes of it, so nothing here raises for a queue that is away.
"""

import sqlite3
import time
from collections.abc import Callable
from typing import Any

import redis
import structlog
from huey import Huey, PriorityRedisHuey, SqliteHuey
from huey.storage import PriorityRedisStorage

from .home import Home
from .settings import Settings

log = structlog.get_logger()

NAME = "pressline"
CONNECT_LIMIT, ANSWER_LIMIT = 2.0, 5.0
"""Seconds. The longer one is more than the second for which huey has Redis wait for a job."""
AGAIN_AFTER = 1.0
"""Seconds between a worker's attempts at a queue that is away."""
FAULTS = (redis.RedisError, sqlite3.Error, OSError)


def open_queue(settings: Settings, home: Home) -> Huey:
    """The queue of this box. Nothing is asked of a server yet."""
    if not settings.queue:
        return _LocalQueue(NAME, filename=str(home.jobs), results=False)
    return _ServedQueue(
        # A queue for each box: what it hints at lies on the box's own disk.
        f"{NAME}.{settings.box_name}",
        clean_name=False,
        results=False,
        connection_pool=redis.ConnectionPool.from_url(
            settings.queue, socket_connect_timeout=CONNECT_LIMIT, socket_timeout=ANSWER_LIMIT
        ),
    )


def why_away(settings: Settings) -> str:
    """Why the server of the queue does not answer; empty when it does, or there is none.

    On a connection of its own: it may be asked from any thread.
    """
    if not settings.queue:
        return ""
    try:
        with redis.Redis.from_url(
            settings.queue, socket_connect_timeout=CONNECT_LIMIT, socket_timeout=CONNECT_LIMIT
        ) as server:
            server.ping()
    except FAULTS as error:
        return str(error)
    return ""


class _Hints:
    """A hint that cannot be given is lost, and told of."""

    def enqueue(self, task: Any) -> Any:
        try:
            return super().enqueue(task)  # type: ignore[misc]
        except FAULTS as error:
            log.warning(
                "the queue takes nothing; the worker finds it in the store once it is back",
                job=task.name,
                reason=str(error),
            )
            return None


class _LocalQueue(_Hints, SqliteHuey):
    pass


class _PatientStorage(PriorityRedisStorage):
    """A worker asks again and again without a page of log each time."""

    is_away = False
    when_back: Callable[[], object] = staticmethod(lambda: None)
    """Called in a worker: hints were lost meanwhile."""

    def dequeue(self) -> Any:
        try:
            found = super().dequeue()
        except FAULTS as error:
            self._note_away(str(error))
            time.sleep(AGAIN_AFTER)
            return None
        if self.is_away:
            self.is_away = False
            log.warning("the queue is back")
            self.when_back()
        return found

    def read_schedule(self, ts: Any) -> Any:
        try:
            return super().read_schedule(ts)
        except FAULTS as error:
            self._note_away(str(error))
            return []

    def _note_away(self, reason: str) -> None:
        if not self.is_away:
            log.warning("the queue is away", reason=reason)
        self.is_away = True


class _ServedQueue(_Hints, PriorityRedisHuey):
    storage_class = _PatientStorage


def when_back(queue: Huey, task: Callable[[], object]) -> None:
    """Have a worker do `task` when the queue's server answers again."""
    if isinstance(queue, _ServedQueue):
        queue.storage.when_back = task
