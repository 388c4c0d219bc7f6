"""What expert lines are about now, however many callers come in the same second."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from gevent.event import AsyncResult

from lines.experts.ports import ExpertLineAway, LineNow

FRESH = 1.0
"""Seconds for which callers share one look at the store."""
MOST = 100
"""Names of lines that are remembered: they may come from what callers have dialled."""

Look = Callable[[str], LineNow | None]


@dataclass(frozen=True, slots=True)
class _Seen:
    at: float
    answer: "AsyncResult[LineNow | None]" = field(default_factory=AsyncResult)


class LineGlance:
    """Looks again when the last look is old, though it may not have been answered yet."""

    def __init__(self, look: Look, clock: Callable[[], float] = time.monotonic) -> None:
        """`look` waits for the store and raises `ExpertLineAway`."""
        self._look = look
        self._clock = clock
        self._seen: dict[str, _Seen] = {}

    def of(self, line: str) -> LineNow | None:
        """Raises `ExpertLineAway`."""
        seen = self._seen.get(line)
        if seen is None or self._clock() - seen.at > FRESH:
            seen = self._begin(line)
        found: LineNow | None = seen.answer.get()
        return found

    def _begin(self, line: str) -> _Seen:
        if len(self._seen) >= MOST:
            self._seen.clear()
        seen = self._seen[line] = _Seen(self._clock())
        try:
            seen.answer.set(self._look(line))
        except ExpertLineAway as away:
            seen.answer.set_exception(away)
        except BaseException:  # whoever looked is gone; the others must not wait for ever
            seen.answer.set_exception(ExpertLineAway("the look was broken off"))
            raise
        return seen
