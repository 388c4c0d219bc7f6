"""All rooms, by name. A room lives as long as somebody is in it."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from softswitch.conference.profiles import profile_of
from softswitch.conference.room import Room
from softswitch.session import Session

if TYPE_CHECKING:
    from softswitch.switch import Switch

MAX_NAME = 128


class Rooms:
    def __init__(self, switch: "Switch") -> None:
        self._switch = switch
        self._rooms: dict[str, Room] = {}
        self._numbers: WeakKeyDictionary[Session, int] = WeakKeyDictionary()
        self._last = 0

    def number_of(self, session: Session) -> int:
        """Of a call as a member: the same in each room that it is in, and no other call's
        (mod_conference.c, conference_function)."""
        if session not in self._numbers:
            self._last += 1
            self._numbers[session] = self._last
        return self._numbers[session]

    def all(self) -> list[Room]:
        return list(self._rooms.values())

    def get(self, name: str) -> Room | None:
        return self._rooms.get(name)

    def open(self, name: str, profile: str) -> Room:
        """The room of that name; a new one when there is none."""
        name = name[:MAX_NAME]
        if (room := self._rooms.get(name)) is not None:
            return room
        room = Room(self._switch, name, profile_of(profile))
        self._rooms[name] = room
        self._switch.engine.add_mixer(room)
        room.tell("conference-create")
        return room

    def forget(self, room: Room) -> None:
        if self._rooms.get(room.name) is room:
            del self._rooms[room.name]
        self._switch.engine.remove_mixer(room)
