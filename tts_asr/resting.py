"""Leaves an engine alone for a while after it failed, so that not every call waits for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

FIRST_REST = 30.0
LONGEST_REST = 600.0
"""Seconds. Each failure in a row doubles the rest, up to this."""


@dataclass(slots=True)
class _Rest:
    seconds: float
    until: float
    reason: str


@dataclass(slots=True)
class RestList:
    """Which engines rest, and for how long."""

    now: Callable[[], float] = time.monotonic
    _rests: dict[str, _Rest] = field(default_factory=dict)

    def failed(self, engine: str, reason: str) -> None:
        before = self._rests.get(engine)
        seconds = min(before.seconds * 2, LONGEST_REST) if before else FIRST_REST
        self._rests[engine] = _Rest(seconds, self.now() + seconds, reason)

    def worked(self, engine: str) -> None:
        self._rests.pop(engine, None)

    def reason(self, engine: str) -> str | None:
        """Why `engine` is left alone now; `None` when it may be asked."""
        rest = self._rests.get(engine)
        if rest is None or self.now() >= rest.until:
            return None
        return f"rests for {rest.until - self.now():.0f} s more after: {rest.reason}"
