"""What the callbox asks the writer to keep, as plain data.

Jobs can wait in a journal file, and may be applied twice after a crash: applying one again
changes nothing. Texts may be anything; they are cleaned and cut when they are stored.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter

from store import this_box
from store.expert_jobs import QuestionNoted, SessionNoted
from store.piece_jobs import PieceBegun, PieceKept, PieceLost
from store.quality_jobs import CallMeasured


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A call reached us; stored at once, so that a killed call is found as lost."""

    uuid: str
    started_at: datetime
    dialled: str = ""
    caller_number: str = ""
    caller_name: str = ""
    withheld: bool = False
    sip_call_id: str = ""
    flow: str = ""
    version: int = 0
    direction: str = "in"
    """`in`, or `out` for a call that the box placed to `dialled`."""
    purpose: str = ""
    """What it was placed for."""
    box: str = field(default_factory=this_box.name)
    """The box that has it."""
    job: Literal["started"] = "started"


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of a call's trace."""

    flow: str
    step: str
    verb: str
    started_at: datetime
    seconds: float
    event: str = ""
    detail: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The whole story of a call; stands alone when its start was never stored."""

    started: CallStarted
    ended_at: datetime
    state: str
    """finished, hung_up, transferred, failed or lost."""
    answered_at: datetime | None = None
    reason: str = ""
    hangup_cause: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    steps: tuple[StepTaken, ...] = ()
    job: Literal["ended"] = "ended"


@dataclass(frozen=True, slots=True)
class CallAbandoned:
    """A caller hung up before the call was taken, or just then: kept only where nothing else is
    known of the call."""

    ended: CallEnded
    job: Literal["abandoned"] = "abandoned"


@dataclass(frozen=True, slots=True)
class RecordingKept:
    """A recording is on disk."""

    path: str
    """Relative to the recordings' folder."""
    call: str
    """The call's uuid."""
    seconds: float
    sha256: str
    created_at: datetime
    job: Literal["recording"] = "recording"


@dataclass(frozen=True, slots=True)
class CallsLost:
    """A callbox starts: calls from before `at` that never ended were cut off."""

    at: datetime
    box: str = field(default_factory=this_box.name)
    job: Literal["lost"] = "lost"


@dataclass(frozen=True, slots=True)
class MessageBegun:
    """Somebody is about to speak a message; stored before the tone, so that a crash finds it."""

    id: str
    box: str
    """The mailbox's name."""
    call: str
    """The call's uuid."""
    started_at: datetime
    caller_number: str = ""
    caller_name: str = ""
    withheld: bool = False
    dialled: str = ""
    language: str = ""
    job: Literal["message_begun"] = "message_begun"


@dataclass(frozen=True, slots=True)
class MessageNoted:
    """What the caller says about a message that is not handed in yet."""

    id: str
    urgent: bool = False
    callback_number: str = ""
    callback_confirmed: bool = False
    job: Literal["message_noted"] = "message_noted"


@dataclass(frozen=True, slots=True)
class MessageKept:
    """A message is on disk, in its place; stands alone when its beginning was never stored."""

    begun: MessageBegun
    ended_at: datetime
    path: str
    """Relative to the voicemail folder."""
    seconds: float
    spoken_seconds: float
    size: int
    sha256: str
    ended_by: str
    noted: MessageNoted | None = None
    """None, after a crash: what was noted in the store stays."""
    job: Literal["message_kept"] = "message_kept"


@dataclass(frozen=True, slots=True)
class MessageDiscarded:
    """Nothing was said, or the caller withdrew it."""

    begun: MessageBegun
    ended_at: datetime
    reason: str
    job: Literal["message_discarded"] = "message_discarded"


Job = (
    CallStarted
    | CallEnded
    | CallAbandoned
    | RecordingKept
    | CallsLost
    | CallMeasured
    | MessageBegun
    | MessageNoted
    | MessageKept
    | MessageDiscarded
    | SessionNoted
    | QuestionNoted
    | PieceBegun
    | PieceKept
    | PieceLost
)
AS_JSON: TypeAdapter[Job] = TypeAdapter(Job)
