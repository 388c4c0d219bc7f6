"""All rooms, by name. A room lives as long as somebody is in it."""

from typing import TYPE_CHECKING

from softswitch.conference.room import Room

if TYPE_CHECKING:
    from softswitch.switch import Switch

MAX_NAME = 128


class Rooms:
    def __init__(self, switch: "Switch") -> None:
        self._switch = switch
        self._rooms: dict[str, Room] = {}

    def all(self) -> list[Room]:
        return list(self._rooms.values())

    def get(self, name: str) -> Room | None:
        return self._rooms.get(name)

    def open(self, name: str, profile: str) -> Room:
        """The room of that name; a new one when there is none."""
        name = name[:MAX_NAME]
        if (room := self._rooms.get(name)) is not None:
            return room
        room = Room(self._switch, name, profile)
        self._rooms[name] = room
        self._switch.engine.add_mixer(room)
        room.tell("conference-create")
        return room

    def forget(self, room: Room) -> None:
        if self._rooms.get(room.name) is room:
            del self._rooms[room.name]
        self._switch.engine.remove_mixer(room)
