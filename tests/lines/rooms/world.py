"""A switch in memory that tells what happens in its rooms, and can list them."""

from dataclasses import dataclass, field, replace

from esl.conference_events import (
    MemberNews,
    MemberTold,
    RoomNews,
    RoomTold,
    SoundNews,
    SoundTold,
    Told,
)
from esl.conference_list import Listed, Member

Snapshot = tuple[Listed, ...]
NAMES = ("red", "blue")


@dataclass
class World:
    rooms: dict[str, Listed] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    lists: list[Snapshot] = field(default_factory=list)
    """The list as it was after each of `told`."""
    numbers: int = 0
    ids: int = 0

    def listed(self) -> Snapshot:
        return tuple(self.rooms.values())

    def _say(self, told: Told) -> None:
        self.told.append(told)
        self.lists.append(self.listed())

    def enter(self, name: str) -> None:
        if name not in self.rooms:
            self.ids += 1
            self.rooms[name] = Listed(name, f"id-{self.ids}")
            self._room(RoomNews.BEGAN, name)
        self.numbers += 1
        member = Member(self.numbers, f"call-{self.numbers}", "Ann", "5551234")
        room = self.rooms[name]
        self.rooms[name] = replace(room, members=(*room.members, member))
        self._member(MemberNews.CAME, name, member)

    def leave(self, name: str, which: int) -> None:
        if (member := self._pick(name, which)) is None:
            return
        room = self.rooms[name]
        rest = tuple(each for each in room.members if each is not member)
        self.rooms[name] = replace(room, members=rest)
        self._member(MemberNews.LEFT, name, member)
        if not rest:
            ended = self.rooms.pop(name)
            self._say(RoomTold(RoomNews.ENDED, name, ended.room_id, 0, 0.0))

    def change(self, name: str, which: int, news: MemberNews, **facts: bool) -> None:
        if (member := self._pick(name, which)) is None:
            return
        changed = replace(member, **facts)
        room = self.rooms[name]
        members = tuple(changed if each is member else each for each in room.members)
        self.rooms[name] = replace(room, members=members)
        self._member(news, name, changed)

    def lock(self, name: str, locked: bool) -> None:
        if name in self.rooms:
            self.rooms[name] = replace(self.rooms[name], locked=locked)
            self._room(RoomNews.LOCKED if locked else RoomNews.UNLOCKED, name)

    def record(self, name: str, path: str, begins: bool) -> None:
        if name not in self.rooms:
            return
        room = self.rooms[name]
        paths = {*room.recordings, path} if begins else {*room.recordings} - {path}
        self.rooms[name] = replace(room, recordings=tuple(sorted(paths)))
        news = SoundNews.RECORDING_BEGAN if begins else SoundNews.RECORDING_ENDED
        self._say(SoundTold(news, name, room.room_id, 0.0, path))

    def _pick(self, name: str, which: int) -> Member | None:
        members = self.rooms[name].members if name in self.rooms else ()
        return members[which % len(members)] if members else None

    def _room(self, news: RoomNews, name: str) -> None:
        room = self.rooms[name]
        self._say(RoomTold(news, name, room.room_id, len(room.members), 0.0))

    def _member(self, news: MemberNews, name: str, member: Member) -> None:
        room = self.rooms[name]
        self._say(MemberTold(news, name, room.room_id, len(room.members), 0.0, member))
