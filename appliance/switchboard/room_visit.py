"""A call of ours in a conference room."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ivr_flows.ports import Role, RoomOutcome
from lines.rooms import Room
from lines.rooms.floor import Floor
from lines.rooms.ports import Farewell, Inside, Place, RoomFacts, Visit

LARGE = 50
"""Members; a room that takes more is a hall to the switch (docs/freeswitch.md, point 5)."""
REFUSALS = {RoomOutcome.LOCKED: Farewell.LOCKED, RoomOutcome.FULL: Farewell.FULL}


@dataclass(slots=True)
class RoomVisit:
    call_id: str
    facts: RoomFacts
    role: Role
    look: Callable[[], Room | None]
    """The room on the switch, if anybody is in it."""
    floor: Callable[[], Floor]
    over: Callable[["RoomVisit"], None]
    name: Path | None = None
    """How the caller has said their name."""
    told_of_recording: bool = False
    reason: Farewell | None = None
    """Why they are being shown out."""
    _left: bool = field(default=False)

    @property
    def place(self) -> Place:
        hushed = self.facts.muted or self.floor().hushed
        muted = self.role is Role.SPEAKER and hushed
        return Place(
            self.facts.on_switch,
            Role.LISTENER if muted else self.role,
            hall=self.facts.most_members > LARGE,
            wait_for_moderator=self.facts.wait_for_moderator,
        )

    def inside(self) -> Inside:
        room = self.look()
        self.told_of_recording = self.facts.record or bool(room and room.recordings)
        waits = self.facts.wait_for_moderator and self.role is not Role.MODERATOR
        return Inside(self.told_of_recording, waits and not self.floor().begun)

    def named(self, path: Path) -> None:
        self.name = path

    def farewell(self, outcome: RoomOutcome) -> Farewell:
        if outcome in REFUSALS:
            return REFUSALS[outcome]
        return self.reason or (Farewell.KICKED if self.look() else Farewell.ENDED)

    def leave(self) -> None:
        if not self._left:
            self._left = True
            self.over(self)


def _is_a_visit(visit: RoomVisit) -> Visit:
    """Held to the port by the type checker."""
    return visit
