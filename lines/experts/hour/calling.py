"""How often and when the expert is called."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lines.outgoing import Outcome

TRIES = 3
PAUSE = timedelta(seconds=30)


@dataclass(slots=True)
class Calling:
    """One round of calls, until the expert is there or has not been reached three times."""

    rings: bool = False
    """A call is on its way, or was taken and has not come into the hall yet."""
    tries_left: int = 0
    next_at: datetime | None = None

    def begin(self) -> None:
        self.rings, self.tries_left, self.next_at = True, TRIES, None

    def failed(self, outcome: Outcome, now: datetime) -> bool:
        """Whether it will be tried again. What the rules forbid today, they forbid in a minute."""
        self.rings = False
        self.tries_left = 0 if outcome is Outcome.FORBIDDEN else max(0, self.tries_left - 1)
        self.next_at = now + PAUSE if self.tries_left else None
        return self.next_at is not None

    def is_due(self, now: datetime) -> bool:
        return not self.rings and self.next_at is not None and now >= self.next_at

    def again(self) -> None:
        self.rings, self.next_at = True, None

    def stop(self) -> None:
        self.rings, self.tries_left, self.next_at = False, 0, None
