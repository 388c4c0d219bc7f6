"""One room, as far as it is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from esl.conference_events import MemberNews, MemberTold, RoomNews, RoomTold, SoundNews, SoundTold
from esl.conference_list import Listed, Member

HANDS = "hands"
"""The room's note in which the switch keeps the raised hands: `5,3`, the first raised first."""


@dataclass(slots=True)
class Room:
    name: str
    room_id: str
    """Another when the room has ended and begun again."""
    members: dict[int, Member] = field(default_factory=dict)
    """By number, in the order in which they came."""
    locked: bool = False
    recordings: set[str] = field(default_factory=set)
    hands: list[int] = field(default_factory=list)
    """Numbers of those who have asked for a word, the first first."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What the switch kept for us when its list was last looked at."""

    @classmethod
    def of(cls, listed: Listed) -> "Room":
        room = cls(
            listed.name,
            listed.room_id,
            {member.number: member for member in listed.members},
            listed.locked,
            set(listed.recordings),
            notes=listed.notes,
        )
        for number in read_hands(listed.notes.get(HANDS, "")):
            room.raise_hand(number)
        return room

    @property
    def talking(self) -> list[Member]:
        return [member for member in self.members.values() if member.talking]

    def raise_hand(self, number: int) -> bool:
        """False when it is up already, or nobody of that number is here."""
        if number not in self.members or number in self.hands:
            return False
        self.hands.append(number)
        return True

    def lower_hand(self, number: int) -> bool:
        """False when it was not up."""
        if number not in self.hands:
            return False
        self.hands.remove(number)
        return True

    def place(self, number: int) -> int:
        """From 1; 0 for a hand that is not up."""
        return self.hands.index(number) + 1 if number in self.hands else 0

    @property
    def note_of_hands(self) -> str:
        """To be kept with the switch under `HANDS`."""
        return ",".join(map(str, self.hands))

    # What the switch tells. Each is False when it does not fit what is known here.

    def take_room(self, told: RoomTold) -> bool:
        if told.what in (RoomNews.LOCKED, RoomNews.UNLOCKED):
            self.locked = told.what is RoomNews.LOCKED
        elif told.what is RoomNews.FLOOR_EMPTY:
            self._floor_to(0)
        return told.size == len(self.members)

    def take_member(self, told: MemberTold) -> bool:
        number = told.member.number
        if told.what is MemberNews.LEFT:
            was_here = self.members.pop(number, None) is not None
            self.lower_hand(number)
            return was_here and told.size == len(self.members)
        if number not in self.members and told.what is not MemberNews.CAME:
            return False
        self.members[number] = told.member
        if told.member.has_floor:
            self._floor_to(number)
        return told.size == len(self.members)

    def take_sound(self, told: SoundTold) -> bool:
        if told.what is SoundNews.RECORDING_BEGAN:
            self.recordings.add(told.path)
        elif told.what is SoundNews.RECORDING_ENDED:
            self.recordings.discard(told.path)
        return True

    def _floor_to(self, number: int) -> None:
        for other in list(self.members.values()):
            if other.has_floor != (other.number == number):
                self.members[other.number] = replace(other, has_floor=other.number == number)


def read_hands(note: str) -> list[int]:
    """The numbers in a note; what is none is left out."""
    words = (word for word in note.split(",") if len(word) < 11)
    return [int(word) for word in words if word.isascii() and word.isdecimal()]
