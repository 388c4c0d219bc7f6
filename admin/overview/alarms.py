"""Alarms that were told or will be, and how somebody keeps them from being told again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

HOURS = (1, 8, 24)
"""For how long they may be silenced by a click; 0 stands for: until it is over."""


@dataclass(frozen=True, slots=True)
class Alarm:
    kind: str
    text: str
    since: datetime
    is_silent: bool
    silent_until: datetime | None
    """None: until it is over, where it is silent at all."""


class AlarmDesk(Protocol):
    def standing(self) -> Sequence[Alarm]: ...

    def silence(self, kind: str, hours: float) -> bool:
        """0 hours: until it is over. False when it does not stand any more."""


class NoAlarms:
    """For a panel that is given none."""

    def standing(self) -> Sequence[Alarm]:
        return ()

    def silence(self, kind: str, hours: float) -> bool:
        return False
