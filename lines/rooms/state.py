"""All rooms, from what the switch tells; to be set right from its list whenever in doubt."""

from collections.abc import Iterable, Mapping

from esl.conference_events import KeyTold, MemberNews, MemberTold, RoomNews, RoomTold, Told
from esl.conference_list import Listed, Member
from lines.rooms.room import Room


class Rooms:
    """Pure: no switch, no clock.

    Events that come in order and none lost keep it right. What is lost, or was before we came,
    is found by what does not fit: then `doubtful` is set, until `reconcile` is given the
    switch's list. The list overtakes events that are still on their way; those are harmless, as
    each says what *is*, and the later ones come later.
    """

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self.doubtful = True
        """Whether the switch's list should be fetched; so it is before the first one."""

    @property
    def rooms(self) -> Mapping[str, Room]:
        return self._rooms

    def member(self, call_id: str) -> tuple[Room, Member] | None:
        """Where a call is; None when in no room."""
        for room in self._rooms.values():
            for member in room.members.values():
                if member.call_id == call_id:
                    return room, member
        return None

    def take(self, told: Told) -> Room | None:
        """The room that it was about, as it is now (or was, when it has ended); None when it
        was about none."""
        if isinstance(told, KeyTold):
            found = self.member(told.call_id)
            return found[0] if found else None
        if isinstance(told, RoomTold):
            return self._take_room(told)
        room = self._known(told.room, told.room_id, begins=_is_coming(told))
        if room is not None:
            fits = room.take_member(told) if isinstance(told, MemberTold) else room.take_sound(told)
            self.doubtful |= not fits
        return room

    def reconcile(self, listed: Iterable[Listed]) -> None:
        """From the switch's list of all rooms. Hands stay as they are known here; of a room that
        is new to us they are what the switch has noted."""
        known, self._rooms = self._rooms, {}
        for each in listed:
            room = Room.of(each)
            before = known.get(room.name)
            if before is not None and before.room_id == room.room_id:
                room.hands = [number for number in before.hands if number in room.members]
            self._rooms[room.name] = room
        self.doubtful = False

    def _take_room(self, told: RoomTold) -> Room | None:
        if told.what is RoomNews.ENDED:
            room = self._rooms.get(told.room)
            if room is None or room.room_id != told.room_id:
                return None
            return self._rooms.pop(told.room)
        room = self._known(told.room, told.room_id, begins=told.what is RoomNews.BEGAN)
        if room is not None and told.what is not RoomNews.BEGAN:
            self.doubtful |= not room.take_room(told)
        return room

    def _known(self, name: str, room_id: str, *, begins: bool) -> Room | None:
        """The room of that id. One that is not known is taken to be new when something begins
        in it; otherwise we have missed its beginning."""
        room = self._rooms.get(name)
        if room is not None and room.room_id == room_id:
            return room
        self.doubtful |= room is not None or not begins
        if not begins:
            return None
        self._rooms[name] = Room(name, room_id)
        return self._rooms[name]


def _is_coming(told: Told) -> bool:
    return isinstance(told, MemberTold) and told.what is MemberNews.CAME
