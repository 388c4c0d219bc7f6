"""How many are in a room, or on their way into it: so many as it takes, and no more."""

from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass(slots=True)
class Seats:
    """Pure. A place is taken before the switch knows of it, so that a crowd cannot overrun it."""

    _taken: dict[str, set[str]] = field(default_factory=dict)
    """Calls by room."""

    def take(self, room: str, call_id: str, inside: Collection[str], most: int) -> bool:
        """False when `room` is full. `inside`: the calls that the switch has in it; those that
        came in before we were started are counted by it alone."""
        taken = self._taken.get(room, set())
        if len(taken.union(inside)) >= most and call_id not in taken:
            return False
        self._taken.setdefault(room, set()).add(call_id)
        return True

    def leave(self, room: str, call_id: str) -> None:
        taken = self._taken.get(room, set())
        taken.discard(call_id)
        if not taken:
            self._taken.pop(room, None)
