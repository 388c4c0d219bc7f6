"""Who may speak in a room: what the switch does not know by itself, but keeps for us."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from esl.conference_list import Member
from lines.rooms.room import read_hands

VOICES, WORD, HUSHED, BEGUN = "voices", "word", "hushed", "begun"
"""Notes with the switch, so that all this outlives the callbox."""
MOST_NOTED = 4_000
"""Characters that a note takes."""
YES = "1"


@dataclass(slots=True)
class Floor:
    """Members by their number."""

    voices: set[int] = field(default_factory=set)
    """Speakers, who may unmute themselves. Moderators may anyway; who is in neither set listens."""
    word: int = 0
    """Who was given the word; 0 for nobody."""
    hushed: bool = False
    """All but moderators were muted; who wants to speak must be given the word."""
    begun: bool = False
    """A moderator has been here."""

    @classmethod
    def of(cls, notes: Mapping[str, str]) -> "Floor":
        word = read_hands(notes.get(WORD, ""))
        return cls(
            set(read_hands(notes.get(VOICES, ""))),
            word[0] if word else 0,
            notes.get(HUSHED) == YES,
            notes.get(BEGUN) == YES,
        )

    @property
    def notes(self) -> Mapping[str, str]:
        """An empty one is none."""
        voices = ",".join(map(str, sorted(self.voices)))
        whole = voices if len(voices) <= MOST_NOTED else voices[:MOST_NOTED].rpartition(",")[0]
        return {
            VOICES: whole,
            WORD: str(self.word) if self.word else "",
            HUSHED: YES if self.hushed else "",
            BEGUN: YES if self.begun else "",
        }

    def may_unmute(self, member: Member) -> bool:
        """By a key of their own."""
        if member.moderator or member.number == self.word:
            return True
        return member.number in self.voices and not self.hushed

    def forget(self, number: int) -> None:
        """Who has left."""
        self.voices.discard(number)
        if self.word == number:
            self.word = 0
