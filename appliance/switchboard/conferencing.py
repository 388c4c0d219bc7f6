"""The conference rooms, as the running box has them: for the step, for keys, for programs."""

from collections.abc import Collection
from pathlib import Path

import gevent
import structlog
from gevent.lock import BoundedSemaphore

from esl.conference_events import SoundNews, SoundTold, Told
from esl.errors import RoomMissing
from esl.hanging_up import hang_up
from esl.switch import Switch
from ivr_flows.ports import Call, Party, Role
from lines.errors import RoomEmpty
from lines.rooms import Room
from lines.rooms.chair import Chair
from lines.rooms.floor import Floor
from lines.rooms.ports import (
    PREFIX,
    ConferenceRooms,
    Farewell,
    RoomFacts,
    RoomsAway,
    SignedIn,
    Visit,
)
from lines.rooms.seats import Seats

from ..errors import SidecarError
from ..home import Home
from ..sidecar import Sidecar
from ..threads import in_pool
from .catalogue import Catalogue
from .live_room import LiveRoom
from .room_program import RoomProgram
from .room_recordings import RoomRecordings
from .room_sounds import RoomSounds
from .room_visit import RoomVisit
from .rooms_keeper import RoomKeeper

log = structlog.get_logger()

PIN_LIMIT = 15.0
"""Seconds for a PIN to be checked: on a machine that is busy, late is better than not at all."""
PINS_AT_ONCE = 4
"""A crowd waits its turn here, not in the sidecar, where others must be served too."""


class Conferencing:
    """The port `ConferenceRooms`, and what happens in the rooms."""

    def __init__(
        self, switch: Switch, keeper: RoomKeeper, sidecar: Sidecar, sounds: RoomSounds, home: Home
    ) -> None:
        self._switch = switch
        self._keeper = keeper
        self._sidecar = sidecar
        self._sounds = sounds
        self._folder = home.conferences.absolute() / "in-progress"
        self._recordings = RoomRecordings(self._folder, keeper, sidecar)
        self._pins = BoundedSemaphore(PINS_AT_ONCE)
        self._seats = Seats()
        self._visits: dict[str, RoomVisit] = {}
        self._floors: dict[str, Floor] = {}
        self._live: dict[str, LiveRoom] = {}
        """By the room's name on the switch."""
        self.catalogue = Catalogue(sidecar)

    def start(self) -> None:
        in_pool(self._sounds.prepare)
        self._keeper.watch(PREFIX, self._on_told)
        self._keeper.on_reconciled(self._reconcile)

    # --- the port

    def find(self, name_or_number: str) -> RoomFacts | None:
        return self.catalogue.find(name_or_number)

    def sign_in(self, room: RoomFacts, pin: str, caller: Party) -> SignedIn:
        try:
            with self._pins:
                found: SignedIn = self._sidecar.run(
                    "room_sign_in", room, pin, caller, limit=PIN_LIMIT
                )
        except SidecarError as error:
            raise RoomsAway(str(error)) from error
        return found

    def enter(
        self, room: RoomFacts, role: Role, call: Call, *, invited: bool = False
    ) -> Visit | Farewell:
        name = room.on_switch
        now = self._keeper.rooms.get(name)
        if now and now.locked and not invited:
            return Farewell.LOCKED
        if not self._seats.take(name, call.id, _calls(now), room.most_members):
            return Farewell.FULL
        visit = RoomVisit(
            call.id, room, role, lambda: self._keeper.rooms.get(name), lambda: self._floor(name),
            self._over,
        )  # fmt: skip
        self._visits[call.id] = visit
        return visit

    def name_path(self, call_id: str) -> Path:
        return self._sounds.name_path(call_id)

    # --- the rooms

    def live(self, facts: RoomFacts) -> LiveRoom:
        """Raises `RoomEmpty`."""
        found = self._live.get(facts.on_switch)
        if found is None or facts.on_switch not in self._keeper.rooms:
            raise RoomEmpty(facts.name)
        return found

    def role(self, call_id: str) -> Role | None:
        """As what a call of ours came in."""
        visit = self._visits.get(call_id)
        return visit.role if visit else None

    def room(self, facts: RoomFacts) -> Room | None:
        return self._keeper.rooms.get(facts.on_switch)

    @property
    def lively(self) -> list[RoomFacts]:
        """Rooms with somebody in them, as the catalogue has them."""
        names = [name for name in self._keeper.rooms if name.startswith(PREFIX)]
        return [self.catalogue.on_switch(name) for name in names]

    def room_by_switch(self, facts: RoomFacts) -> Room | None:
        """The same from the switch's own list: its news of what was done just now may be on
        their way. Raises as `RoomControl.look`."""
        known = self.room(facts)
        if known is None:
            return None
        try:
            found = Room.of(self._keeper.control(facts.on_switch).look())
        except RoomMissing:
            return None
        found.hands = [number for number in known.hands if number in found.members]
        return found

    def floor(self, facts: RoomFacts) -> Floor:
        return self._floor(facts.on_switch)

    def _over(self, visit: RoomVisit) -> None:
        self._visits.pop(visit.call_id, None)
        self._seats.leave(visit.facts.on_switch, visit.call_id)

    def _floor(self, name: str) -> Floor:
        return self._floors.get(name, Floor())

    def _on_told(self, told: Told, room: Room) -> None:
        self._lively(room, new=True).told(told)
        if room.name not in self._keeper.rooms:
            self._end(room.name)
        if isinstance(told, SoundTold) and told.what is SoundNews.RECORDING_ENDED:
            self._recordings.look()

    def _lively(self, room: Room, *, new: bool) -> LiveRoom:
        """What answers in this room. Not `new`: it was there before us."""
        found = self._live.get(room.name)
        if found is not None and found.room_id == room.room_id:
            return found
        self._end(room.name)
        floor = self._floors[room.name] = Floor.of({} if new else room.notes)
        made = LiveRoom(room.room_id, lambda: self._program(room.name, floor, room, new=new))
        self._live[room.name] = made
        return made

    def _program(self, name: str, floor: Floor, room: Room, *, new: bool) -> RoomProgram:
        visits = [self._visits.get(member.call_id) for member in room.members.values()]
        ours = [visit.facts for visit in visits if visit]
        facts = ours[0] if ours else self.catalogue.on_switch(name)
        chair = Chair(
            facts.name,
            facts.language,
            self._keeper.control(name),
            self._sounds,
            lambda: self._keeper.rooms.get(name),
            floor,
            {} if new else dict(room.notes),
        )
        return RoomProgram(
            facts,
            chair,
            self._sounds,
            self._visits,
            lambda call_id: hang_up(self._switch, call_id),
            self._folder,
            recorded=not new and (floor.begun or not facts.wait_for_moderator),
        )

    def _end(self, name: str) -> None:
        gone = self._live.pop(name, None)
        self._floors.pop(name, None)
        if gone:
            gone.stop()

    def _reconcile(self) -> None:
        rooms = dict(self._keeper.rooms)
        for name in [name for name in self._live if name not in rooms]:
            self._end(name)
        for name, room in rooms.items():
            if name.startswith(PREFIX):
                self._lively(room, new=False)
        self._recordings.look()
        living = {call for room in rooms.values() for call in _calls(room)} | self._visits.keys()
        gevent.spawn(in_pool, self._sounds.forget_names, living)


def _calls(room: Room | None) -> Collection[str]:
    return {member.call_id for member in room.members.values()} if room else ()


def _are_rooms(conferencing: Conferencing) -> ConferenceRooms:
    """Held to the port by the type checker."""
    return conferencing
