"""Calls that the box places itself: to an expert, to a guest of a meeting, back to a caller.

The port that domains ask; `appliance.switchboard.outgoing` implements it over the switch,
`lines.simulated_outgoing` in memory.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import uuid4

from ivr_flows.ports import BridgeOutcome
from ivr_flows.sentences import Words
from ivr_flows.trace import Run
from store.models.line import Door


class Outcome(StrEnum):
    """How far a call came. The words of `BridgeOutcome`, and two more."""

    ANSWERED = BridgeOutcome.ANSWERED.value
    """Somebody answered and, where that is asked, keyed that they take the call."""
    BUSY = BridgeOutcome.BUSY.value
    NO_ANSWER = BridgeOutcome.NO_ANSWER.value
    REFUSED = BridgeOutcome.REFUSED.value
    """Declined, or answered without the key: by an answering machine, perhaps."""
    UNREACHABLE = BridgeOutcome.UNREACHABLE.value
    FAILED = BridgeOutcome.FAILED.value
    """The switch could not, or is away."""
    FORBIDDEN = "forbidden"
    """The dialling rules forbid it, or nobody is called that; nothing was rung."""
    WITHDRAWN = "withdrawn"
    """Given up by who had asked for it."""


@dataclass(frozen=True, slots=True)
class OutgoingCall:
    """A call to be placed."""

    to: str
    """A person's name, or a number; it may come from outside and is hostile."""
    door: Door
    flow: str
    """What whoever answers hears: a flow of the paper, or one of the box's own (`pressline-…`)."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """Variables that the flow begins with."""
    asked_by: str = ""
    """For the limits: a caller's number, or the name of a mailbox or a person."""
    purpose: str = ""
    """What it is for, in a few words: kept with the call."""
    about: Words = field(default_factory=dict)
    """The same in a sentence, said before the key is asked for."""
    for_call: str = ""
    """Id of the call that it is placed for, if any."""
    language: str = ""
    """Empty: the person's, else that of the flow."""
    ring_seconds: float = 25.0
    """For numbers that say nothing else, in seconds."""
    confirm: bool | None = None
    """Whether the key 1 must be pressed first; None: as the person's number says, and at numbers
    that are nobody's."""
    id: str = field(default_factory=lambda: str(uuid4()))
    """To withdraw it by."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of it, once it was answered or could not be."""

    outcome: Outcome
    call_id: str = ""
    """The answered call on the switch; empty when none was."""
    reason: str = ""
    """In plain words or the switch's, for the log; never spoken."""
    over: Callable[[float | None], Run | None] = lambda _seconds: None
    """Waits until the flow has ended, in seconds at most (None: for ever): what it did, with its
    end and tags. None when it has not ended by then, or nobody answered."""

    @property
    def answered(self) -> bool:
        return self.outcome is Outcome.ANSWERED


class Outgoing(Protocol):
    """Places calls. May be called from any greenlet of the callbox."""

    def place(self, call: OutgoingCall) -> Placed:
        """Waits until somebody took the call or nobody did: call it in a greenlet of its own.

        All numbers of a person are tried, as they wish; each by the next trunk where one fails.
        Never raises: trouble is an outcome.
        """

    def withdraw(self, call_id: str) -> None:
        """Give up the call of that `OutgoingCall.id`: it rings no longer. Once it was answered,
        or is unknown, nothing happens."""
