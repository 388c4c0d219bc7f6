"""Remembers which sources are down, so that not every caller waits for them again."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from desk.errors import SourceDown

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 60.0
"""Seconds without an attempt after a failure; doubled from the first to the longest."""


@dataclass(slots=True)
class Trouble:
    reason: str
    until: float
    pause: float


class Breaker:
    """Keyed by the source's name."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._troubles: dict[str, Trouble] = {}

    def check(self, name: str) -> None:
        """Raises `SourceDown` while the source is given a rest."""
        trouble = self._troubles.get(name)
        if trouble is None:
            return
        left = trouble.until - self._clock()
        if left > 0:
            raise SourceDown(f"{trouble.reason} (tried again in {left:.0f} s)")

    def failed(self, name: str, reason: str) -> None:
        before = self._troubles.get(name)
        pause = min(before.pause * 2, LONGEST_PAUSE) if before else FIRST_PAUSE
        self._troubles[name] = Trouble(reason, self._clock() + pause, pause)

    def worked(self, name: str) -> None:
        self._troubles.pop(name, None)
