"""Whether the callbox can serve one more call; who cannot be served is left to the last resort."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import gevent
import structlog

log = structlog.get_logger()

LOOK = 0.25
"""Seconds between looks at how late the loop is."""
LATE = 1.0
"""Seconds by which a loop may be late: a caller would wait so long for each next word."""
REMEMBERED = 2.0
"""Seconds after a late look in which no call is taken: those that there are come first."""
SHOWN = 60.0
"""Seconds for which people are told that calls were turned away."""


@dataclass(frozen=True, slots=True)
class OverloadState:
    """For the health page."""

    refused: int = 0
    """Calls turned away since the callbox started."""
    lately: str = ""
    """Why, in the last minute; empty when none was."""


class Overload:
    """Asked for every call that comes; never waits."""

    def __init__(self, most_calls: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most_calls
        self._clock = clock
        self._late_until = 0.0
        self._refused = 0
        self._why, self._shown_until = "", 0.0

    def start(self) -> None:
        gevent.spawn(self._run)

    def refuses(self, calls: int) -> bool:
        """Whether a call that comes beside so many others is turned away; it is counted then."""
        why = self._trouble(calls)
        if why:
            self._refused += 1
            if not self.state.lately:
                log.warning("calls are turned away", reason=why)
            self._why, self._shown_until = why, self._clock() + SHOWN
        return bool(why)

    def looked(self, late: float) -> None:
        """The loop came to its work `late` by so many seconds."""
        if late > LATE:
            self._late_until = self._clock() + REMEMBERED

    @property
    def state(self) -> OverloadState:
        return OverloadState(self._refused, self._why if self._clock() < self._shown_until else "")

    def _trouble(self, calls: int) -> str:
        if calls >= self._most:
            return f"{self._most} calls are up, which are all that `most_calls` allows"
        if self._clock() < self._late_until:
            return f"the machine is too busy: calls waited more than {LATE:g} s for their next word"
        return ""

    def _run(self) -> None:
        while True:
            due = self._clock() + LOOK
            gevent.sleep(LOOK)
            self.looked(self._clock() - due)
