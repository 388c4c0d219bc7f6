"""A room without a switch: does what it is told, and notes it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from esl.conference import Everybody, Who
from esl.conference_list import Member
from esl.errors import MemberMissing
from ivr_flows.sentences import Words
from lines.rooms import Room

NAME = "room-1"


class SpokenVoice:
    """Each sentence is a file of its own name, one second long."""

    def files(self, language: str, *pieces: Words | str) -> Sequence[tuple[Path, float]]:
        texts = (piece if isinstance(piece, str) else piece[language] for piece in pieces)
        return [(Path(text), 1.0) for text in texts]


@dataclass(slots=True)
class FakeControl:
    """Stands for `RoomControl`, on a `Room` that it changes at once."""

    room: Room
    heard: dict[int, list[str]] = field(default_factory=dict)
    """What was played to whom; 0 for all."""
    notes: dict[str, str] = field(default_factory=dict)
    kicked: list[int] = field(default_factory=list)
    changes: int = 0
    name: str = NAME

    def mute(self, who: Who) -> int:
        return self._speaks(who, speaks=False)

    def unmute(self, who: Who) -> int:
        return self._speaks(who, speaks=True)

    def kick(self, who: Who) -> int:
        numbers = [who] if isinstance(who, int) else list(self.room.members)
        self.kicked += [self._member(number).number for number in numbers]
        return len(numbers)

    def end(self) -> int:
        return self.kick(Everybody.ALL)

    def lock(self) -> None:
        self.room.locked = True

    def unlock(self) -> None:
        self.room.locked = False

    def play(self, path: Path, member: int | None = None) -> None:
        if member is not None:
            self._member(member)
        self.heard.setdefault(member or 0, []).append(str(path))

    def stop_playing(self, member: int | None = None) -> int:
        self._member(member or 0)
        return 0

    def record(self, path: Path) -> None:
        self.room.recordings.add(str(path))

    def stop_recording(self, path: Path) -> None:
        self.room.recordings.remove(str(path))

    def note(self, name: str, value: str) -> None:
        self.changes += 1
        self.notes[name] = value

    def _speaks(self, who: Who, *, speaks: bool) -> int:
        members = [self._member(who)] if isinstance(who, int) else list(self.room.members.values())
        if who is Everybody.BUT_MODERATORS:
            members = [member for member in members if not member.moderator]
        for member in members:
            self.room.members[member.number] = replace(member, speaks=speaks)
        return len(members)

    def _member(self, number: int) -> Member:
        if number not in self.room.members:
            raise MemberMissing(self.name, "?", f"-ERR Non-Existant ID {number}")
        return self.room.members[number]
