"""How long a process has been silent though it could have spoken.

On a machine that is too busy a healthy process is silent because it does not get its turn; to kill
it would cost its calls and make the machine busier still. Linux tells both apart (proc(5):
`schedstat` holds the nanoseconds that a thread ran, and those that it waited for a processor).
"""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

LONGEST_STEP = 0.5
"""Seconds counted for one look: who looks may not have had its turn either, or slept with the
whole machine."""
MOST = 10
"""Times its patience that even a starving process may be silent."""


@dataclass(frozen=True, slots=True)
class Thread:
    state: str
    """proc(5): R runs or waits for its turn, D waits for a disk, T is stopped, S waits."""
    ran: int
    waited: int
    """Nanoseconds."""


Threads = Mapping[int, Thread]
NEVER = Thread("", 0, 0)


class Silence:
    """Of one process; `beat` ends it."""

    def __init__(
        self,
        pid: int,
        *,
        read: Callable[[int], Threads] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pid = pid
        self._read = read or threads_of
        self._clock = clock
        self.beat()

    def beat(self) -> None:
        self._threads: Threads | None = None
        self._began = self._at = self._clock()
        self._counted = 0.0

    def is_longer_than(self, patience: float) -> bool:
        """To be asked every fraction of a second. `patience` is in seconds.

        Of a process that beats nothing is read: only after half its patience it is looked at.
        """
        now = self._clock()
        if self._threads is None:
            if now - self._began >= patience / 2:
                self._begin_counting(now, patience / 2)
            return False
        before, self._threads = self._threads, self._read(self._pid)
        passed, self._at = min(now - self._at, LONGEST_STEP), now
        self._counted += _in_hand(passed, before, self._threads)
        return self._counted > patience or now - self._began > MOST * patience

    def _begin_counting(self, now: float, counted: float) -> None:
        self._threads, self._at, self._counted = self._read(self._pid), now, counted


def _in_hand(passed: float, before: Threads, after: Threads) -> float:
    """Of the seconds that have passed, those in which the process could have done something."""
    if any(_is_held_up(before.get(number, NEVER), thread) for number, thread in after.items()):
        return 0.0
    waited = sum(
        thread.waited - before.get(number, NEVER).waited for number, thread in after.items()
    )
    return max(0.0, passed - waited / 1e9)


def _is_held_up(before: Thread, now: Thread) -> bool:
    """Wants to run and has not been let, or waits for a disk: any thread, as it may hold what the
    others wait for."""
    return now.state == "D" or (now.state == "R" and now.ran == before.ran)


def threads_of(pid: int) -> Threads:
    """Empty where the process is gone or the system does not tell: then only time counts."""
    found = {}
    for folder in _tasks(pid):
        try:
            ran, waited, _ = (folder / "schedstat").read_text().split()
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except (OSError, ValueError, IndexError):
            continue  # a thread that has just ended
        found[int(folder.name)] = Thread(state, int(ran), int(waited))
    return found


def _tasks(pid: int) -> list[Path]:
    folder = Path(f"/proc/{pid}/task")
    try:
        return [folder / name for name in os.listdir(folder)]
    except OSError:
        return []
