"""What a simulated caller does, and the clock that runs with the words."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ivr_flows.ports import BridgeOutcome
from ivr_flows.trial import Press

LATIN_PER_SECOND = 15.0
"""Letters that a calm announcer says in a second."""
CHINESE_PER_SECOND = 4.0
MESSAGE_SECONDS = 5.0
"""How long a caller speaks into a recording if nobody says."""


@dataclass(slots=True)
class SimulatedClock:
    """Stands still until something takes time."""

    time: datetime

    def now(self) -> datetime:
        return self.time


@dataclass(slots=True)
class Script:
    """What the caller does."""

    keys: deque[str] = field(default_factory=deque)
    """One entry for each question; an empty one keys nothing."""
    presses: deque[Press] = field(default_factory=deque)
    """Keys at moments of the call, the earliest first."""
    hangs_up: float | None = None
    """Seconds since the call began."""
    outcomes: Mapping[str, BridgeOutcome] = field(default_factory=dict)
    """Target's name or address to how the call to it ends."""
    messages: deque[float] = field(default_factory=deque)
    """How long the caller speaks into each recording, in seconds; the last holds for the rest."""

    def speaks(self) -> float:
        """Into the next recording, in seconds."""
        if len(self.messages) > 1:
            return self.messages.popleft()
        return self.messages[0] if self.messages else MESSAGE_SECONDS


def seconds_to_say(text: str) -> float:
    chinese = sum(1 for letter in text if letter > "\u2e7f")
    return chinese / CHINESE_PER_SECOND + (len(text) - chinese) / LATIN_PER_SECOND
