"""One caller's wish to ask, and the order in which those who wait come on air."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ivr_flows.ports import Party
from store.models.expert import QuestionState

OPEN = frozenset({QuestionState.WAITING, QuestionState.ASIDE, QuestionState.ON_AIR})
PRIORITIES = range(-9, 10)


@dataclass(slots=True)
class Asked:
    """A question. What the caller gives is hostile."""

    id: str
    call_id: str
    caller: Party
    asked_at: datetime
    language: str = ""
    contact: str = ""
    """Where the caller can be reached, if not at the number shown."""
    state: QuestionState = QuestionState.WAITING
    priority: int = 0
    """Higher ones come first; of equals, who asked first."""
    note: str = ""
    screened: bool = False
    on_air_at: datetime | None = None
    off_air_at: datetime | None = None
    ended_at: datetime | None = None

    def raise_by(self, steps: int) -> None:
        self.set_priority(self.priority + steps)

    def set_priority(self, priority: int) -> None:
        """The nearest that there is."""
        self.priority = min(max(priority, PRIORITIES[0]), PRIORITIES[-1])

    def close(self, state: QuestionState, now: datetime) -> None:
        self.state, self.ended_at = state, now
        if self.on_air_at is not None:
            self.off_air_at = now


def in_order(questions: Iterable[Asked]) -> list[Asked]:
    """Those that wait, whether or not somebody speaks with them aside; the next one first."""
    waiting = [each for each in questions if each.state is not QuestionState.ON_AIR]
    return sorted(waiting, key=lambda each: (-each.priority, each.asked_at, each.id))
