"""The half of the simulated mailroom that owners of mailboxes need."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from ivr_flows.ports import BridgeOutcome, Party, Target, Tried
from ivr_flows.simulator import NOON
from store.pins import PinFault
from voicemail.ports import (
    PAGE,
    Box,
    Counts,
    Folder,
    Letter,
    MailroomAway,
    Pin,
    SignIn,
)

SHELVES = Path("/simulated/voicemail")
USUAL_PIN = "2468"
FREE_ATTEMPTS = 3
LOCK_SECONDS = 60.0
LEFT_AT = NOON - timedelta(hours=3)
"""On the day on which a simulated call comes if nobody says."""


def letter(number: int, *, urgent: bool = False, seconds: float = 20.0) -> Letter:
    """Message `number`, a minute younger than the one before it."""
    return Letter(
        id=f"m{number}",
        path=SHELVES / f"m{number}.wav",
        started_at=LEFT_AT + timedelta(minutes=number),
        seconds=seconds,
        caller=Party(f"55501{number:02}"),
        urgent=urgent,
    )


@dataclass(slots=True)
class Shelf:
    """One mailbox: everything in it, and what was done with it."""

    box: Box
    pin: str = USUAL_PIN
    folders: dict[Folder, list[Letter]] = field(default_factory=dict)
    deleted: dict[str, tuple[Folder, Letter]] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    greetings: dict[str, Path] = field(default_factory=dict)
    comments: list[Path | None] = field(default_factory=list)
    """Of the messages that were forwarded to it."""
    away: bool = False

    def take(self, wanted: str) -> tuple[Folder, Letter]:
        """Out of its folder. Raises `LookupError`."""
        for folder, letters in self.folders.items():
            for place, found in enumerate(letters):
                if found.id == wanted:
                    return folder, letters.pop(place)
        raise LookupError(wanted)

    def put(self, folder: Folder, found: Letter) -> None:
        letters = self.folders.setdefault(folder, [])
        letters.append(found)
        letters.sort(key=lambda item: (not item.urgent, item.started_at))

    def urgent(self, folder: Folder) -> int:
        return sum(found.urgent for found in self.folders.get(folder, []))


@dataclass(slots=True)
class SimulatedListening:
    """Every mailbox exists, with two messages and the PIN 2468, unless told otherwise."""

    shelves: dict[str, Shelf] | None = None
    """By number; None for all that anybody asks for."""
    numbers: dict[str, Sequence[Target]] | None = None
    """Which numbers may be called, and who is rung then; None for all, at themselves."""
    away: set[str] = field(default_factory=set)
    """Methods that raise `MailroomAway`."""
    settled: list[tuple[str, BridgeOutcome | None]] = field(default_factory=list)
    """What became of numbers that might be called; None: not rung."""
    asked: list[str] = field(default_factory=list)
    """The methods that were called."""
    made: dict[str, Shelf] = field(default_factory=dict)
    wrong_pins: dict[str, int] = field(default_factory=dict)
    """By mailbox, whether it exists or not."""
    scratched: int = 0

    def find(self, number_or_name: str) -> Box | None:
        self._ask("find")
        if self.shelves is None:
            return self._made(number_or_name).box
        found = self.shelves.get(number_or_name)
        return found.box if found else None

    def sign_in(self, box: Box, pin: str, caller: Party) -> SignIn:
        self._ask("sign_in")
        wrong = self.wrong_pins.get(box.name, 0)
        if wrong >= FREE_ATTEMPTS:
            return SignIn(Pin.LOCKED, LOCK_SECONDS)
        if box.id and pin == self._shelf(box).pin:
            self.wrong_pins[box.name] = 0
            return SignIn(Pin.RIGHT, box=self._shelf(box).box)
        self.wrong_pins[box.name] = wrong + 1
        return SignIn(Pin.WRONG, LOCK_SECONDS if wrong + 1 >= FREE_ATTEMPTS else 0.0)

    def counts(self, box: Box) -> Counts:
        self._ask("counts")
        shelf = self._shelf(box)
        new, saved = (len(shelf.folders.get(folder, [])) for folder in (Folder.NEW, Folder.SAVED))
        return Counts(new, saved, shelf.urgent(Folder.NEW), shelf.urgent(Folder.SAVED))

    def letters(self, box: Box, folder: Folder, skip: int = 0) -> Sequence[Letter]:
        self._ask("letters")
        return self._shelf(box).folders.get(folder, [])[skip : skip + PAGE]

    def heard(self, box: Box, letter: str) -> None:
        self._ask("heard")
        self._shelf(box).heard.append(letter)

    def save(self, box: Box, letter: str) -> None:
        self._ask("save")
        shelf = self._shelf(box)
        shelf.put(Folder.SAVED, shelf.take(letter)[1])

    def delete(self, box: Box, letter: str) -> None:
        self._ask("delete")
        shelf = self._shelf(box)
        shelf.deleted[letter] = shelf.take(letter)

    def undelete(self, box: Box, letter: str) -> None:
        self._ask("undelete")
        shelf = self._shelf(box)
        shelf.put(*shelf.deleted.pop(letter))

    def forward(self, box: Box, letter: str, to: Box, comment: Path | None) -> None:
        self._ask("forward")
        self._shelf(to).comments.append(comment)

    def scratch(self, call_id: str) -> Path:
        self._ask("scratch")
        self.scratched += 1
        return SHELVES / f"scratch-{self.scratched}.wav"

    def set_greeting(self, box: Box, kind: str, recording: Path) -> None:
        self._ask("set_greeting")
        self._shelf(box).greetings[kind] = recording

    def set_away(self, box: Box, away: bool) -> None:
        self._ask("set_away")
        self._shelf(box).away = away

    def set_pin(self, box: Box, pin: str) -> str:
        self._ask("set_pin")
        if not 4 <= len(pin) <= 12:
            return PinFault.LENGTH
        if len(set(pin)) == 1:
            return PinFault.SIMPLE
        self._shelf(box).pin = pin
        return PinFault.NONE

    def may_call(self, box: Box, number: str, call_id: str) -> Sequence[Target]:
        self._ask("may_call")
        if self.numbers is None:
            return [Target("user", number, number)]
        return self.numbers.get(number, [])

    def called(self, targets: Sequence[Target], tried: Tried) -> None:
        outcomes = dict(tried)
        self.settled += [(target.address, outcomes.get(target)) for target in targets]

    def _ask(self, method: str) -> None:
        self.asked.append(method)
        if method in self.away:
            raise MailroomAway(f"{method} was not answered")

    def _shelf(self, box: Box) -> Shelf:
        shelves = self.made if self.shelves is None else self.shelves
        return next(shelf for shelf in shelves.values() if shelf.box.id == box.id)

    def _made(self, name: str) -> Shelf:
        if name not in self.made:
            box = Box(len(self.made) + 1, name, has_pin=True)
            new = [letter(2, urgent=True), letter(1)]
            self.made[name] = Shelf(box, folders={Folder.NEW: new, Folder.SAVED: []})
        return self.made[name]
