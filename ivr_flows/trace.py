"""What a run did, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ivr_flows.ports import Recording


class RunEnd(StrEnum):
    FINISHED = "finished"
    """The flow came to its end and hung up."""
    HUNG_UP = "hung_up"
    """The caller hung up first."""
    TRANSFERRED = "transferred"
    """The caller spoke with somebody, and that was the end."""
    FAILED = "failed"
    """Something went wrong that the flow did not handle; the caller heard an apology."""
    LOST = "lost"
    """The connection to the switch died."""


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step of one call."""

    flow: str
    step: str
    verb: str
    started_at: datetime
    seconds: float
    event: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    """What was said, keyed, asked; short."""
    error: str = ""


@dataclass(slots=True)
class Run:
    """The whole of it."""

    flow: str
    language: str
    end: RunEnd = RunEnd.FINISHED
    reason: str = ""
    """For the log: the error, or the cause of the hang-up."""
    trace: list[StepRecord] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    last_words: Recording | None = None
    """What the caller said after the apology: somebody must hear it."""
