"""What the steps of voicemail ask of the box, declared here and implemented by `appliance`.

Every method may be called on the call's loop: what blocks runs elsewhere, each with a limit of
its own. `voicemail.simulated` implements all of it in memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ivr_flows.ports import Party, Target, Tried


class MailroomAway(Exception):
    """The mailboxes cannot be asked just now; leaving a message must go on without."""


@dataclass(frozen=True, slots=True)
class Box:
    """A mailbox, as far as a call needs it. Its texts come from the paper, not from callers."""

    id: int
    """0 when the box could not be looked up and stands in with the usual rules."""
    name: str
    title: str = ""
    shared: bool = False
    language: str = ""
    """Empty: that of the call."""
    min_seconds: float = 2.0
    max_seconds: int = 180
    review: bool = True
    has_pin: bool = False


@dataclass(frozen=True, slots=True)
class Greeting:
    """What is heard before the tone: a recording, or words."""

    kind: str
    """`standard`, `busy`, `away` or `closed`."""
    text: str = ""
    path: Path | None = None


class Refusal(StrEnum):
    """Why no message can be left."""

    NONE = ""
    UNKNOWN = "unknown"
    FULL = "full"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class Door:
    """A mailbox at the moment when a caller stands before it."""

    box: Box
    greeting: Greeting | None = None
    """None: the usual words with the box's title."""
    refusal: Refusal = Refusal.NONE


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is being left."""

    id: str
    box: Box
    folder: Path

    def take(self, number: int) -> Path:
        """Where attempt `number` (from 1) is recorded."""
        return self.folder / f"{self.id}-{number}.wav"


@dataclass(frozen=True, slots=True)
class Said:
    """What is in a recording."""

    seconds: float
    spoken_seconds: float
    """Of these, how long somebody spoke; silence and tones do not count."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the caller says about a message."""

    urgent: bool = False
    callback_number: str = ""
    callback_confirmed: bool = False


class Folder(StrEnum):
    NEW = "new"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Counts:
    new: int = 0
    saved: int = 0
    urgent_new: int = 0
    urgent_saved: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in a mailbox, as its owner hears of it. Numbers and names are hostile."""

    id: str
    path: Path
    started_at: datetime
    """In the paper's time zone."""
    seconds: float
    caller: Party
    urgent: bool = False
    callback_number: str = ""
    comment: Path | None = None
    """What the person who forwarded it said."""
    forwarded_by: str = ""
    """The title of that person's box."""


class Pin(StrEnum):
    """What became of a PIN."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"
    """Too many were wrong; even the right one is not looked at for a while."""


@dataclass(frozen=True, slots=True)
class SignIn:
    outcome: Pin
    wait_seconds: float = 0.0
    """Until the next attempt is looked at; it grows with each wrong one."""
    box: Box | None = None
    """When the PIN was right."""


PAGE = 20
"""Messages that are fetched at once: a box of 10,000 opens as fast as one of ten."""


class Mailroom(Protocol):
    """The mailboxes of the box. Each method raises `MailroomAway`, but for those of leaving."""

    # Leaving a message: these never raise. What cannot be asked is taken to be well.

    def door(self, box: str, greeting: str) -> Door:
        """The mailbox `box` (a name or a number); `greeting` is a kind, or `auto`."""

    def begin(self, box: Box, call_id: str, caller: Party, dialed: str, language: str) -> Draft:
        """A row for the message, in the store (or the journal) when this returns."""

    def said(self, path: Path) -> Said | None:
        """What a recording holds; None when it cannot be told in time."""

    def hears_numbers(self, language: str) -> bool:
        """Whether callers can say a number in `language` instead of keying it."""

    def number_said(self, path: Path, language: str) -> str | None:
        """The digits said in a recording, which is removed; empty when they are not clear.

        None when nobody can hear `language` here, or not in time.
        """

    def note(self, draft: Draft, note: Note) -> None: ...
    def keep(self, draft: Draft, take: int, note: Note, ended_by: str) -> None:
        """The message is take number `take`; other takes are removed. Returns at once."""

    def discard(self, draft: Draft, reason: str) -> None:
        """There is no message. Returns at once."""

    # Listening.

    def find(self, number_or_name: str) -> Box | None: ...
    def sign_in(self, box: Box, pin: str, caller: Party) -> SignIn: ...
    def counts(self, box: Box) -> Counts: ...
    def letters(self, box: Box, folder: Folder, skip: int = 0) -> Sequence[Letter]:
        """A page of messages from number `skip` on: urgent ones first, then the oldest.

        A page of fewer than `PAGE` is the last.
        """

    def heard(self, box: Box, letter: str) -> None:
        """It was listened to, for the first time perhaps; it stays new until saved or deleted."""

    def save(self, box: Box, letter: str) -> None: ...
    def delete(self, box: Box, letter: str) -> None: ...
    def undelete(self, box: Box, letter: str) -> None:
        """Back to the folder from which it was deleted."""

    def forward(self, box: Box, letter: str, to: Box, comment: Path | None) -> None: ...
    def scratch(self, call_id: str) -> Path:
        """A new path to record something to for a while; left-overs are tidied away."""

    def set_greeting(self, box: Box, kind: str, recording: Path) -> None: ...
    def set_away(self, box: Box, away: bool) -> None: ...
    def set_pin(self, box: Box, pin: str) -> str:
        """Empty, or why this PIN is refused: one of `PinFault`."""

    def may_call(self, box: Box, number: str, call_id: str) -> Sequence[Target]:
        """Who to ring so that the owner of `box` can call `number` back.

        Empty when the dialling rules do not allow it. Tell with `called` what became of them.
        """

    def called(self, targets: Sequence[Target], tried: Tried) -> None:
        """Who is not in `tried` was not rung after all. Never raises; returns at once."""


MAILBOX = "mailbox"
"""Key of the mailboxes' names in `ivr_flows.world.World.named`."""
