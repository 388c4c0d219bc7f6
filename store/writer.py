"""The single writer: takes jobs from the callbox's loop and keeps them from a native thread.

While the store is away the jobs go to a journal file, in order, and from there into the store
when it is back, also after a restart: nothing is lost when the store or the process dies. Where the
disk takes no journal either, they are held in memory until one of both does.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from typing import Any

from store.applying import apply
from store.database import disconnect
from store.errors import JournalFull, StoreAway
from store.jobs import Job
from store.journal import Journal
from store.native import SimpleQueue, sleep, start_thread
from store.place import Place

log = logging.getLogger(__name__)

GATHER = 0.2
"""Seconds in which jobs may join the first one's transaction: the calls of a busy fifth of a second
cost one commit. A callbox that is killed loses what it heard of in its last fifth of a second."""
BATCH = 500
MAX_WAITING = 50_000
"""Jobs in memory; reached only when a write hangs for many seconds."""
RETRY = (0.2, 5.0)
"""Seconds between attempts while the store is away: the first, and the most."""
POLL = 0.002


@dataclass(slots=True)
class WriterState:
    """For the health page."""

    running: bool = False
    waiting: int = 0
    """Jobs in memory."""
    journal_bytes: int = 0
    written: int = 0
    refused: int = 0
    """Jobs that the store would not take; each is in the log."""
    held: int = 0
    """Jobs in memory that neither store nor journal takes; a kill would cost them."""
    dropped: int = 0
    """Jobs lost because memory, journal and store were all full."""
    away: str = ""
    """Why the store cannot be reached; empty when it can."""


class Mark:
    """Travels through the queue behind the jobs put before it."""

    def __init__(self, last: bool = False) -> None:
        self.last = last
        self.passed = False


class Writer:
    """`put` never blocks and may be called from gevent's loop; the rest is for start and stop."""

    def __init__(
        self,
        journal: Path,
        max_waiting: int = MAX_WAITING,
        on_written: Callable[[Sequence[Job]], None] = lambda jobs: None,
    ) -> None:
        """`on_written` is told, on the writer's own thread, what has come into the store."""
        self._journal = Journal(journal)
        self._on_written = on_written
        self._place = Place()
        self._queue: SimpleQueue[Job | Mark] = SimpleQueue()
        self._max_waiting = max_waiting
        self._state = WriterState()
        self._held: Sequence[Job] = []
        self._marks: list[Mark] = []
        self._try_at = 0.0
        self._delay = RETRY[0]

    @property
    def state(self) -> WriterState:
        self._state.waiting = self._queue.qsize()
        self._state.journal_bytes = self._journal.size
        return self._state

    def start(self) -> None:
        """Begin with what the journal holds from before."""
        self._state.running = True
        start_thread(self._run, ())

    def put(self, job: Job) -> bool:
        """Hand over a job; False (and counted) when far too many wait already."""
        if self._queue.qsize() >= self._max_waiting:
            self._state.dropped += 1
            return False
        self._queue.put(job)
        return True

    def flush(self, limit: float) -> bool:
        """Wait up to `limit` seconds; True when all that was put before is in the store."""
        deadline = time.monotonic() + limit
        return self.settle(limit) and _until(lambda: not self._journal.size, deadline)

    def settle(self, limit: float) -> bool:
        """Wait up to `limit` seconds; True when all that was put before outlives this process:
        in the store or, while that is away, in the journal."""
        mark = Mark()
        self._queue.put(mark)
        return _until(lambda: mark.passed, time.monotonic() + limit)

    def stop(self, limit: float = 5.0) -> bool:
        """Keep what was put and end the thread; True when it ended within `limit` seconds.

        Jobs that the store would not take by then stay in the journal for the next start.
        """
        self._queue.put(Mark(last=True))
        return _until(lambda: not self._state.running, time.monotonic() + limit)

    def _run(self) -> None:
        last = False
        while not last:
            last = self._round()
        self._drop(self._held)
        disconnect()
        self._state.running = False

    def _round(self) -> bool:
        items = self._take()
        self._marks += [item for item in items if isinstance(item, Mark)]
        last = any(mark.last for mark in self._marks)
        try:
            self._keep([item for item in items if not isinstance(item, Mark)])
        except Exception:
            log.exception("the writer stumbled and goes on")
        if not self._held:
            self._pass_marks()
        return last

    def _pass_marks(self) -> None:
        for mark in self._marks:
            mark.passed = True
        self._marks = []

    def _take(self) -> Sequence[Any]:
        """What has been put, after a moment for more to join; nothing when it is time to retry."""
        try:
            items = [self._queue.get(timeout=RETRY[0])]
        except Empty:
            return []
        sleep(GATHER)
        while len(items) < BATCH and not self._queue.empty():
            items.append(self._queue.get())
        return items

    def _keep(self, jobs: Sequence[Job]) -> None:
        if self._held:
            jobs = [*self._held, *jobs]
        if self._journal.size:
            self._set_aside(jobs)
            self._replay()
        elif jobs and not (self._may_try() and self._store(jobs)):
            self._set_aside(jobs)
        else:
            self._hold([])

    def _may_try(self) -> bool:
        return not self._held or time.monotonic() >= self._try_at

    def _replay(self) -> None:
        while self._journal.size and time.monotonic() >= self._try_at:
            jobs, until = self._journal.next_batch(BATCH)
            if self._store(jobs):
                self._journal.done(until)

    def _store(self, jobs: Sequence[Job]) -> bool:
        try:
            self._place.check()
            refused = apply(jobs)
        except StoreAway as error:
            self._note_away(str(error))
            return False
        self._state.refused += refused
        self._state.written += len(jobs) - refused
        self._state.away, self._delay = "", RETRY[0]
        self._tell(jobs)
        return True

    def _tell(self, jobs: Sequence[Job]) -> None:
        try:
            self._on_written(jobs)
        except Exception:  # whoever is told must not cost what is kept
            log.exception("nobody could be told what was written")

    def _note_away(self, reason: str) -> None:
        if not self._state.away:
            log.warning("the store is away, jobs wait in %s: %s", self._journal.path, reason)
        self._state.away = reason
        self._try_at = time.monotonic() + self._delay
        self._delay = min(self._delay * 2, RETRY[1])

    def _set_aside(self, jobs: Sequence[Job]) -> None:
        try:
            if jobs:
                self._journal.append(jobs)
            self._hold([])
        except (JournalFull, OSError) as error:
            if not self._held:
                log.error("jobs are held in memory alone: %s", error)
            self._hold(jobs)

    def _hold(self, jobs: Sequence[Job]) -> None:
        self._held = jobs[: self._max_waiting]
        self._state.held = len(self._held)
        self._drop(jobs[self._max_waiting :])

    def _drop(self, jobs: Sequence[Job]) -> None:
        if jobs:
            self._state.dropped += len(jobs)
            log.error("%d jobs are lost", len(jobs))


def _until(done: Callable[[], bool], deadline: float) -> bool:
    """Wait for `done`; sleeps as gevent does in the callbox, where the loop goes on."""
    while not done():
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL)
    return True
