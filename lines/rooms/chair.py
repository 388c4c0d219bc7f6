"""Carries out what is wished in a room: by a key, or by a program.

Whatever changes who is heard comes first, the words about it after: nobody waits for a sentence.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from esl.conference import Everybody, RoomControl
from esl.conference_list import Member
from esl.errors import MemberMissing, RoomFailed
from ivr_flows.sentences import Words
from lines.errors import MemberUnknown, RoomEmpty
from lines.rooms import room_words as words
from lines.rooms.floor import Floor
from lines.rooms.room import HANDS, Room

MOST_BEHIND = 8.0
"""Seconds of words to all that may wait in a room; with more, who comes and goes is not told."""


class Voice(Protocol):
    """Words as sound files."""

    def files(self, language: str, *pieces: Words | str) -> Sequence[tuple[Path, float]]:
        """Each with its length in seconds. May wait; what cannot be said is left out."""


@dataclass(slots=True)
class Chair:
    """One room of the switch. Methods raise `RoomEmpty`, `MemberUnknown`, and as `RoomControl`."""

    name: str
    """As people call it."""
    language: str
    control: RoomControl
    voice: Voice
    look: Callable[[], Room | None]
    """The room as it is now."""
    floor: Floor
    noted: dict[str, str] = field(default_factory=dict)
    """What the switch keeps for us."""
    clock: Callable[[], float] = time.monotonic
    busy_until: float = 0.0
    """When all that is said to all has been heard."""

    @property
    def room(self) -> Room:
        found = self.look()
        if found is None:
            raise RoomEmpty(self.name)
        return found

    def member(self, number: int) -> Member:
        found = self.room.members.get(number)
        if found is None:
            raise MemberUnknown(number, self.name)
        return found

    # Saying.

    def tell(self, number: int, *pieces: Words | str) -> None:
        """To one alone, in place of what they were told before."""
        self.note()  # words may take their time
        files = self.voice.files(self.language, *pieces)
        try:
            self.control.stop_playing(number)
            for path, _ in files:
                self.control.play(path, number)
        except MemberMissing:
            return  # has left meanwhile

    def tell_moderators(self, *pieces: Words | str) -> None:
        for member in [each for each in self.room.members.values() if each.moderator]:
            self.tell(member.number, *pieces)

    def tell_all(self, *pieces: Words | str) -> None:
        self.note()
        self.play(self.voice.files(self.language, *pieces))

    def play(self, files: Sequence[tuple[Path, float]]) -> None:
        """To all, behind what is playing."""
        for path, seconds in files:
            self.control.play(path)
            self.busy_until = max(self.busy_until, self.clock()) + seconds

    @property
    def is_behind(self) -> bool:
        """A crowd comes or goes: whoever is inside should not hear of each."""
        return self.busy_until - self.clock() > MOST_BEHIND

    # Speaking.

    def mute(self, number: int) -> None:
        """Not to unmute themselves: for that they are given the word."""
        self.member(number)
        self.control.mute(number)
        self.floor.forget(number)
        self.tell(number, words.MUTED)

    def unmute(self, number: int) -> None:
        self.member(number)
        self.control.unmute(number)
        self.floor.voices.add(number)
        self.tell(number, words.UNMUTED)

    def hush(self) -> None:
        """All but moderators are muted, until told otherwise."""
        self.control.mute(Everybody.BUT_MODERATORS)
        self.floor.hushed, self.floor.word = True, 0
        self.tell_all(words.ALL_MUTED)

    def unhush(self) -> None:
        self.floor.hushed = False
        for number in sorted(self.floor.voices & self.room.members.keys()):
            self._quietly(self.control.unmute, number)
        self.tell_all(words.ALL_UNMUTED)

    def give_word(self, number: int = 0) -> int:
        """To a member, or to the first hand; from whoever had it. Whose it is now, 0: nobody's."""
        number = number or next(iter(self.room.hands), 0)
        if not number:
            return 0
        self.member(number)
        before, self.floor.word = self.floor.word, number
        self.control.unmute(number)
        if before and before != number and self._only_by_word(before):
            self._quietly(self.control.mute, before)
        self.room.lower_hand(number)
        self.tell(number, words.YOUR_WORD)
        return number

    def take_word(self) -> None:
        before, self.floor.word = self.floor.word, 0
        if before and self._only_by_word(before):
            self._quietly(self.control.mute, before)
            self.tell(before, words.MUTED)

    def _only_by_word(self, number: int) -> bool:
        member = self.room.members.get(number)
        return member is not None and not self.floor.may_unmute(member)

    def _quietly(self, change: Callable[[int], object], number: int) -> None:
        try:
            change(number)
        except MemberMissing:
            return  # has left meanwhile

    # The room.

    def lock(self) -> None:
        self.control.lock()
        self.tell_moderators(words.IS_LOCKED)

    def unlock(self) -> None:
        self.control.unlock()
        self.tell_moderators(words.IS_UNLOCKED)

    def record(self, path: Path) -> None:
        """Everybody hears that it begins, before it does."""
        self.tell_all(words.RECORDING)
        self.control.record(path)

    def stop_recording(self) -> int:
        """How many recordings ran."""
        running = sorted(self.room.recordings)
        for path in running:
            self.control.stop_recording(Path(path))
        if running:
            self.tell_all(words.NOT_RECORDING)
        return len(running)

    # What must outlive us.

    def note(self) -> None:
        """Has the switch keep what has changed."""
        room = self.look()
        if room is None:
            return
        for name, value in {HANDS: room.note_of_hands, **self.floor.notes}.items():
            if self.noted.get(name, "") != value:
                self._note(name, value)

    def _note(self, name: str, value: str) -> None:
        try:
            self.control.note(name, value)
        except RoomFailed:
            return  # it has just ended, or is tried again with the next change
        self.noted[name] = value
