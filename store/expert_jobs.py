"""What the writer is asked to keep of an expert's hour while it runs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class SessionNoted:
    """How far a session has come."""

    id: int
    state: str
    extended: int = 0
    """Minutes, all in all."""
    opened_at: datetime | None = None
    """None, as with the others: what was noted before stays."""
    live_at: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""
    job: Literal["session_noted"] = "session_noted"


@dataclass(frozen=True, slots=True)
class QuestionNoted:
    """A question as it stands now: all of it. What callers give is hostile."""

    id: str
    session: int
    call: str
    """The call's uuid."""
    asked_at: datetime
    caller_number: str = ""
    caller_name: str = ""
    withheld: bool = False
    contact_number: str = ""
    language: str = ""
    state: str = ""
    priority: int = 0
    note: str = ""
    screened: bool = False
    on_air_at: datetime | None = None
    off_air_at: datetime | None = None
    ended_at: datetime | None = None
    job: Literal["question_noted"] = "question_noted"
