"""What an hour wants done: by the switch, by the store, by the telephone. Plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lines.experts.hour.asked import Asked
from lines.experts.hour.saying import Said
from store.models.expert import SessionState


@dataclass(frozen=True, slots=True)
class Unmute:
    """To be done before anything else: a caller goes on air."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Mute:
    call_id: str


@dataclass(frozen=True, slots=True)
class Deafen:
    call_id: str


@dataclass(frozen=True, slots=True)
class Undeafen:
    call_id: str


@dataclass(frozen=True, slots=True)
class ShowOut:
    """Out of that room, if they are still in it; the call's own loop asks where to go next."""

    call_id: str
    room: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """End a call whose loop is gone: shown out of its room it would go on in the dialplan."""

    call_id: str


@dataclass(frozen=True, slots=True)
class Tell:
    """To one alone, in their language, in place of what they are being told."""

    call_id: str
    said: Sequence[Said]


@dataclass(frozen=True, slots=True)
class TellAll:
    """Into the hall, in the session's own language."""

    said: Sequence[Said]


@dataclass(frozen=True, slots=True)
class PlayJingle:
    name: str


@dataclass(frozen=True, slots=True)
class KeepQuestion:
    """As it stands now."""

    question: Asked


@dataclass(frozen=True, slots=True)
class KeepSession:
    """What changed of it; None for what did not."""

    state: SessionState
    minutes_more: int = 0
    """All that it was extended by."""
    opened_at: datetime | None = None
    live_at: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeepSeats:
    """Who is host, expert and screener has changed."""


@dataclass(frozen=True, slots=True)
class BeginPiece:
    """Record what is on air."""

    question: Asked


@dataclass(frozen=True, slots=True)
class EndPiece:
    pass


@dataclass(frozen=True, slots=True)
class CallExpert:
    pass


@dataclass(frozen=True, slots=True)
class StopCalling:
    """The expert need not be called any longer."""


@dataclass(frozen=True, slots=True)
class EndRooms:
    """When what was said to all has been heard: everybody out, and the hour is done with."""


Order = (
    Unmute
    | Mute
    | Deafen
    | Undeafen
    | ShowOut
    | HangUp
    | Tell
    | TellAll
    | PlayJingle
    | KeepQuestion
    | KeepSession
    | KeepSeats
    | BeginPiece
    | EndPiece
    | CallExpert
    | StopCalling
    | EndRooms
)
