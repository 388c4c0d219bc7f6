"""Hints to the worker, given from a process whose loop must not wait for the queue."""

from collections.abc import Callable
from typing import Any, TypeAlias

import gevent
import structlog

from store.native import SimpleQueue, start_thread

log = structlog.get_logger()

MOST_WAITING = 1_000
"""Hints that wait for a queue that is slow; beyond, the worker finds the work by itself."""

_Hint: TypeAlias = tuple[Callable[[str], object], str] | None


class Hints:
    """One native thread gives all hints: under gevent a connection belongs to its thread."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[_Hint] = SimpleQueue()

    def start(self) -> None:
        """On the loop's thread."""
        gevent.get_hub()  # two threads that make theirs at one moment wait for each other for ever
        start_thread(self._run, ())

    def stop(self) -> None:
        """The thread ends with what it has; nobody waits for it."""
        self._waiting.put(None)

    def through(self, job: Callable[[str], object]) -> Callable[[str], Any]:
        """`job` for any thread and for the loop: returns at once."""

        def give(which: str) -> None:
            if self._waiting.qsize() < MOST_WAITING:
                self._waiting.put((job, which))

        return give

    def _run(self) -> None:
        while hint := self._waiting.get():
            job, which = hint
            try:
                job(which)
            except Exception:  # the top of a task
                log.exception("a hint to the worker is lost", about=which)
