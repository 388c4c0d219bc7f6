"""The mailboxes in memory: for the simulator, for test calls in flow files, and for unit tests."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivr_flows.ports import Party
from voicemail.ports import Box, Door, Draft, Mailroom, Note, Said
from voicemail.simulated_listening import SimulatedListening

NOWHERE = Path("/simulated/voicemail")


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that was handed in."""

    draft: Draft
    take: int
    note: Note
    ended_by: str


@dataclass(frozen=True, slots=True)
class Discarded:
    """A message that was begun, and was none."""

    draft: Draft
    reason: str


@dataclass(slots=True)
class SimulatedMailroom(SimulatedListening):
    """Has every mailbox that anybody asks for, with the usual rules, unless told otherwise."""

    doors: Mapping[str, Door] = field(default_factory=dict)
    """What stands before a caller, by the box's name or number."""
    sounds: Mapping[int, Said] = field(default_factory=dict)
    """What is in a recording, by its number from 1; of others it cannot be told."""
    spoken_numbers: Mapping[str, deque[str | None]] = field(default_factory=dict)
    """What is heard when callers say their numbers, by language; of others none is heard."""
    begun: list[Draft] = field(default_factory=list)
    noted: list[Note] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    discarded: list[Discarded] = field(default_factory=list)

    def door(self, box: str, greeting: str) -> Door:
        return self.doors.get(box) or Door(Box(1, box))

    def begin(self, box: Box, call_id: str, caller: Party, dialed: str, language: str) -> Draft:
        draft = Draft(f"message-{len(self.begun) + 1}", box, NOWHERE)
        self.begun.append(draft)
        return draft

    def said(self, path: Path) -> Said | None:
        return self.sounds.get(int(path.stem.rpartition("-")[2]))

    def hears_numbers(self, language: str) -> bool:
        return language in self.spoken_numbers

    def number_said(self, path: Path, language: str) -> str | None:
        heard = self.spoken_numbers.get(language)
        return heard.popleft() if heard else None

    def note(self, draft: Draft, note: Note) -> None:
        self.noted.append(note)

    def keep(self, draft: Draft, take: int, note: Note, ended_by: str) -> None:
        self.kept.append(Kept(draft, take, note, ended_by))

    def discard(self, draft: Draft, reason: str) -> None:
        self.discarded.append(Discarded(draft, reason))


def _is_a_mailroom(mailroom: SimulatedMailroom) -> Mailroom:
    """Held to the port by the type checker."""
    return mailroom
