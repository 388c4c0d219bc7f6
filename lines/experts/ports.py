"""What the step `expert` asks of the box, declared here and implemented by `appliance`.

Every method may be called on the call's loop: what blocks runs elsewhere, each with a limit of
its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ivr_flows.ports import Party, Role
from store.models.expert import QuestionState, SessionState


class ExpertLineAway(Exception):
    """The line cannot be asked just now."""


class Seat(StrEnum):
    """As what somebody takes part in a session."""

    CALLER = "caller"
    SCREENER = "screener"
    HOST = "host"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of experts. Its texts come from the paper, not from callers."""

    id: int
    name: str
    title: str = ""
    language: str = "en"
    mailbox: str = ""
    """Takes questions outside the hour; empty: none are taken."""
    music: str = ""
    """One of the paper's own recordings, by name: heard in the hall until host or expert come."""


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session, as far as a call needs it. Times in the paper's time zone."""

    id: int
    line: LineFacts
    topic: str
    starts_at: datetime
    ends_at: datetime
    """With all that it was extended by."""
    state: SessionState = SessionState.SCHEDULED
    introduction: str = ""
    consent: str = ""
    """Empty: the usual words."""
    expert: str = ""
    """What callers hear them called."""
    host: str = ""
    languages: Sequence[str] = ("en",)
    """The first is the session's own."""
    listeners: int = 300
    """Most callers at once; 0: nobody listens in."""
    record: bool = True
    jingle: str = ""


@dataclass(frozen=True, slots=True)
class LineNow:
    """What a line is about, at this moment."""

    line: LineFacts
    session: SessionFacts | None = None
    """The one whose doors are open."""
    next: SessionFacts | None = None
    """The one that follows, if it is known."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call belongs now: a room of the switch, to be entered with these manners."""

    room: str
    role: Role
    hall: bool = False
    """Whether it is a room for hundreds of listeners."""


class Farewell(StrEnum):
    """Why there is no place (any more)."""

    CLOSED = "closed"
    """The session is over."""
    FULL = "full"
    REMOVED = "removed"
    """The host has thrown them out."""
    LOST = "lost"
    """The session is not run by this box (any more)."""


class Visit(Protocol):
    """One call's part in a session that runs, from its entry to its end.

    The step loops: `place()`, into that room until the switch lets go of it, `place()` again. The
    conductor moves somebody by giving them another place and throwing them out of the present one.
    """

    @property
    def seat(self) -> Seat: ...

    def place(self) -> Place | Farewell:
        """Where to go now."""

    def contact(self, number: str) -> None:
        """Where this caller can be reached, if not at the number shown."""

    def leave(self) -> None:
        """The call has ended, or goes on elsewhere. Idempotent; never raises."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What became of a PIN."""

    seat: Seat | None = None
    """None: wrong, or locked."""
    wait_seconds: float = 0.0
    """Until the next attempt is looked at; above 0 nobody looks."""
    session: SessionFacts | None = None
    """Whose PIN it was: the one that is open, or the next, or the last one."""


@dataclass(frozen=True, slots=True)
class LateQuestion:
    """A question that was left as a message, as its expert hears it."""

    message: str
    """Id."""
    path: Path
    started_at: datetime
    seconds: float
    caller: Party
    callback_number: str = ""
    refused: str = ""
    """Why the caller cannot be called back with an answer, in plain words; never spoken."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A late answer, as the one who asked hears it."""

    id: str
    path: Path
    seconds: float
    question: Path
    question_seconds: float


class ExpertLines(Protocol):
    """The lines of experts. Each method raises `ExpertLineAway`."""

    def now(self, line: str) -> LineNow | None:
        """The line of that name; None when there is none."""

    def session(self, session: int) -> SessionFacts | None:
        """None when there is none of that number."""

    def sign_in(self, line: LineFacts, pin: str, caller: Party) -> SignedIn: ...

    def enter(self, session: int, seat: Seat, call_id: str, caller: Party, language: str) -> Visit:
        """Take part. A session that is not run any more gives a visit without a place."""

    # Questions that came outside the hour.

    def late_questions(self, line: LineFacts) -> Sequence[LateQuestion]:
        """Those without an answer, the oldest first; at most 50."""

    def draft_answer(self, line: LineFacts, question: LateQuestion) -> Path | None:
        """Where to record the answer; nothing is sent before it is kept. None when somebody has
        answered it meanwhile."""

    def keep_answer(
        self, line: LineFacts, question: LateQuestion, recording: Path, seconds: float, by: str
    ) -> None:
        """It is the answer: the asker is to be called back with it. Safe when this returns."""

    def drop_question(self, line: LineFacts, question: LateQuestion) -> None:
        """It is not to be answered; the message stays in its mailbox."""

    def answers(self, answer: str) -> Sequence[Answer]:
        """For the call-back: that one, and others that the same call is to bring; none when they
        are gone."""

    def answer_heard(self, answer: str) -> None:
        """The asker heard it to the end."""


EXPERT_LINE = "expert_line"
"""Key of the lines' names in `ivr_flows.world.World.named`."""

__all__ = [
    "EXPERT_LINE",
    "Answer",
    "ExpertLineAway",
    "ExpertLines",
    "Farewell",
    "LateQuestion",
    "LineFacts",
    "LineNow",
    "Place",
    "QuestionState",
    "Seat",
    "SessionFacts",
    "SessionState",
    "SignedIn",
    "Visit",
]
