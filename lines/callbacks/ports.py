"""What the step `callback` asks of the box, declared here and implemented by `appliance`.

May be called on the call's loop: what blocks runs elsewhere. `lines.callbacks.simulated`
implements it in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

HOUR = 3600.0
MOST_ATTEMPTS = 10


class CallbacksAway(Exception):
    """Calls cannot be promised just now."""


@dataclass(frozen=True, slots=True)
class CallbackWish:
    """A call that somebody is to get. Number and values may come from a caller: hostile."""

    number: str
    flow: str
    """What is heard: a flow of the paper, or of the box itself."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """Variables that the flow begins with."""
    language: str = ""
    asked_by: str = ""
    """The caller's number; empty for who hides it: all of those are one."""
    call: str = ""
    """The call in which it is asked for, if any."""
    purpose: str = ""
    after: float = 0.0
    """Seconds before which it does not ring."""
    within: float = 48 * HOUR
    """Seconds after which it is given up."""
    hours: Mapping[str, str | Sequence[str]] | None = None
    """Weekly hours (`store.hours`) in which it may ring; None means always."""
    attempts: int = 4


@dataclass(frozen=True, slots=True)
class Booked:
    """It will be called."""

    id: int
    number: str
    """As it will be dialled."""
    at: datetime
    """Not before."""


class Refusal(StrEnum):
    """Why somebody will not be called."""

    NUMBER = "number"
    """It is none, or the dialling rules forbid it."""
    FULL = "full"
    """Too many calls are owed already, to this asker or to all."""


class Callbacks(Protocol):
    """Calls that the box will place."""

    def book(self, wish: CallbackWish) -> Booked | Refusal:
        """Promise a call; one that is owed to the same number for the same flow is replaced.

        Raises `CallbacksAway`.
        """
