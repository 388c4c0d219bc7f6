"""Call-backs in memory: for the simulator, for test calls in flow files, and for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lines.callbacks.ports import Booked, Callbacks, CallbackWish, Refusal


@dataclass(slots=True)
class SimulatedCallbacks:
    """Promises every call, unless told otherwise; nobody is called."""

    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    """By number."""
    booked: list[CallbackWish] = field(default_factory=list)

    def book(self, wish: CallbackWish) -> Booked | Refusal:
        if refusal := self.refusals.get(wish.number):
            return refusal
        self.booked.append(wish)
        return Booked(len(self.booked), wish.number, datetime.now(UTC))


def _is_callbacks(simulated: SimulatedCallbacks) -> Callbacks:
    """Held to the port by the type checker."""
    return simulated
