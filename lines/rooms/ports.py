"""What the step `conference` asks of the box, declared here and implemented by `appliance`.

Every method may be called on the call's loop: what blocks runs elsewhere, each with a limit of
its own. `lines.rooms.simulated` implements all of it in memory.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ivr_flows.ports import Call, Party, Role, RoomOutcome
from store.models.room import Announce


class RoomsAway(Exception):
    """The rooms cannot be asked just now."""


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A conference room, as far as a call needs it. Its texts come from the paper."""

    id: int
    """0 for one that does not exist: its PINs are all wrong."""
    name: str
    title: str = ""
    numbers: tuple[str, ...] = ()
    language: str = "en"
    pins: frozenset[Role] = frozenset()
    """Roles that have a PIN."""
    open: Role | None = None
    """As what callers come in without a PIN."""
    wait_for_moderator: bool = False
    ends_with_moderator: bool = False
    announce: Announce = Announce.TONE
    muted: bool = False
    most_members: int = 50
    record: bool = False
    music: str = ""

    @property
    def on_switch(self) -> str:
        """What the switch calls it."""
        return f"{PREFIX}{self.id}"


PREFIX = "room-"
"""Of all conference rooms' names on the switch."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What became of a PIN."""

    role: Role | None = None
    """None: wrong, or locked."""
    locked: bool = False
    """Too many were wrong: even the right one is not looked at for a while."""
    wait_seconds: float = 0.0
    """Until the next attempt is looked at."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the call belongs, and how it goes in."""

    room: str
    """Its name on the switch."""
    role: Role
    """What the switch is told: a speaker who comes in muted is a listener to it."""
    hall: bool = False
    wait_for_moderator: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """What is told to somebody who is about to come in."""

    recorded: bool = False
    waits: bool = False
    """For a moderator, who is not there yet."""


class Farewell(StrEnum):
    """Why somebody is in a room no more, or never was."""

    LEFT = "left"
    """By a key of their own."""
    KICKED = "kicked"
    ENDED = "ended"
    FULL = "full"
    LOCKED = "locked"


class Visit(Protocol):
    """One call in a room, from its admission to its end. Nothing here raises or waits."""

    @property
    def place(self) -> Place: ...

    def inside(self) -> Inside:
        """As it is now; the caller is told next."""

    def named(self, path: Path) -> None:
        """The caller has said how they want to be announced."""

    def farewell(self, outcome: RoomOutcome) -> Farewell:
        """Why the switch has let go of the call, or did not let it in."""

    def leave(self) -> None:
        """The call has ended, or goes on elsewhere. Idempotent."""


class ConferenceRooms(Protocol):
    """The rooms of the box."""

    def find(self, name_or_number: str) -> RoomFacts | None:
        """Raises `RoomsAway`."""

    def sign_in(self, room: RoomFacts, pin: str, caller: Party) -> SignedIn:
        """Raises `RoomsAway`."""

    def enter(
        self, room: RoomFacts, role: Role, call: Call, *, invited: bool = False
    ) -> Visit | Farewell:
        """Take a place, if there is one. `invited`: a lock does not keep them out."""

    def name_path(self, call_id: str) -> Path:
        """Where to record how this caller wants to be announced."""


CONFERENCE = "conference room"
"""Key of the rooms' names and numbers in `ivr_flows.world.World.named`."""
