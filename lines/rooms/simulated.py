"""Conference rooms in memory: for the simulator, for test calls in flow files, and for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivr_flows.ports import Call, Party, Role, RoomOutcome
from lines.rooms.ports import (
    ConferenceRooms,
    Farewell,
    Inside,
    Place,
    RoomFacts,
    RoomsAway,
    SignedIn,
)

NOWHERE = Path("/simulated/names")
FREE_ATTEMPTS = 3
LOCK_SECONDS = 60.0


@dataclass(slots=True)
class SimulatedVisit:
    room: RoomFacts
    role: Role
    told: Inside
    ends: Farewell
    path: Path | None = None
    """How the caller's name is said."""
    left: bool = False

    @property
    def place(self) -> Place:
        waits = self.room.wait_for_moderator
        return Place(self.room.on_switch, self.role, wait_for_moderator=waits)

    def inside(self) -> Inside:
        return self.told

    def named(self, path: Path) -> None:
        self.path = path

    def farewell(self, outcome: RoomOutcome) -> Farewell:
        return self.ends if outcome is RoomOutcome.SHOWN_OUT else Farewell(outcome.value)

    def leave(self) -> None:
        self.left = True


@dataclass(slots=True)
class SimulatedRooms:
    """Has every room that anybody asks for, open to speakers, unless told otherwise."""

    rooms: Mapping[str, RoomFacts] | None = None
    """By name and by number; None for all."""
    pins: Mapping[str, Role] = field(default_factory=dict)
    """Of every room."""
    closed: Farewell | None = None
    """Why nobody is let in, if so."""
    inside: Inside = field(default_factory=Inside)
    ends: Farewell = Farewell.ENDED
    """How a visit comes to its end."""
    away: bool = False
    """Nothing can be asked."""
    visits: list[SimulatedVisit] = field(default_factory=list)
    wrong: dict[str, int] = field(default_factory=dict)
    """Wrong PINs by room, whether it exists or not."""

    def find(self, name_or_number: str) -> RoomFacts | None:
        self._ask()
        if self.rooms is None:
            return RoomFacts(1, name_or_number, open=Role.SPEAKER)
        return self.rooms.get(name_or_number)

    def sign_in(self, room: RoomFacts, pin: str, caller: Party) -> SignedIn:
        self._ask()
        wrong = self.wrong.get(room.name, 0)
        if wrong >= FREE_ATTEMPTS:
            return SignedIn(locked=True, wait_seconds=LOCK_SECONDS)
        if room.id and pin in self.pins:
            self.wrong[room.name] = 0
            return SignedIn(self.pins[pin])
        self.wrong[room.name] = wrong + 1
        return SignedIn(wait_seconds=LOCK_SECONDS if wrong + 1 >= FREE_ATTEMPTS else 0.0)

    def enter(
        self, room: RoomFacts, role: Role, call: Call, *, invited: bool = False
    ) -> SimulatedVisit | Farewell:
        if self.closed:
            return self.closed
        visit = SimulatedVisit(room, role, self.inside, self.ends)
        self.visits.append(visit)
        return visit

    def name_path(self, call_id: str) -> Path:
        return NOWHERE / f"{call_id}.wav"

    def _ask(self) -> None:
        if self.away:
            raise RoomsAway("simulated")


def _are_rooms(simulated: SimulatedRooms) -> ConferenceRooms:
    """Held to the port by the type checker."""
    return simulated
