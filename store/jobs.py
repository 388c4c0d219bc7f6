"""What the callbox asks the writer to keep, as plain data.

Jobs can wait in a journal file, and may be applied twice after a crash: applying one again
changes nothing. Texts may be anything; they are cleaned and cut when they are stored.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import TypeAdapter


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
    job: Literal["lost"] = "lost"


Job = CallStarted | CallEnded | RecordingKept | CallsLost
AS_JSON: TypeAdapter[Job] = TypeAdapter(Job)
