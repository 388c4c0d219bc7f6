"""One phone that is rung for an outgoing call, from the first ring to the end of its flow."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import gevent
from gevent.event import AsyncResult
from gevent.event import Event as Flag

from esl.originate import Order, cancel, originate
from esl.switch import Switch
from ivr_flows.ports import Call, CallFailed, Ports, Target
from ivr_flows.trace import Run
from lines.outgoing import Outcome, OutgoingCall

from ..program import Program
from .taking import takes

ARRIVAL = 10.0
"""Seconds for the switch to bring us a call that was answered."""
AGAIN = 0.3
"""Seconds until a cancelled call is cancelled once more: its channel may not have been there."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one phone."""

    outcome: Outcome
    cause: str = ""
    call_id: str = ""
    over: Callable[[float | None], Run | None] = lambda _seconds: None


class Attempt:
    """`ring` runs in the greenlet of who asked, the `program` in that of the answered call."""

    def __init__(
        self, asked: OutgoingCall, target: Target, language: str, may_take: Callable[[], bool]
    ) -> None:
        """`may_take` is asked last: false when another phone was faster."""
        self.token = str(uuid4())
        self._asked = asked
        self._target = target
        self._language = asked.language or language
        self._may_take = may_take
        self._withdrawn = False
        self._has_come = Flag()
        self._rung = Flag()
        self._taken_by: AsyncResult[str] = AsyncResult()
        """The id of the call; empty when it was not taken."""
        self._over: AsyncResult[Run] = AsyncResult()

    @property
    def is_taken(self) -> bool:
        return self._taken_by.ready() and bool(self._taken_by.value)

    def ring(self, switch: Switch, callbox: tuple[str, int], paper: str) -> Tried:
        """Waits until somebody took the call, or nobody did."""
        order = Order(self.token, self._target, self._asked.ring_seconds, callbox, paper)
        try:
            rung = originate(switch, order)
            if rung.outcome.value == Outcome.ANSWERED:
                return self._answered(switch)
        except CallFailed as failed:
            return Tried(Outcome.FAILED, str(failed))
        finally:
            self._rung.set()
        return self._otherwise(Outcome(rung.outcome.value), rung.cause)

    def withdraw(self, switch: Switch) -> None:
        """Let it ring no longer; a call that was taken goes on. Waits until that is so."""
        self._withdrawn = True
        while not (self._rung.is_set() or self.is_taken):
            cancel(switch, self.token)
            self._rung.wait(AGAIN)

    @property
    def program(self) -> Program:
        """What the answered call runs."""
        return Program(
            flow=self._asked.flow,
            given=self._asked.given,
            language=self._language,
            direction="out",
            purpose=self._asked.purpose,
            is_taken=self._is_taken,
            ended=self._ended,
        )

    def _answered(self, switch: Switch) -> Tried:
        if not self._has_come.wait(ARRIVAL):
            cancel(switch, self.token)
            return Tried(Outcome.FAILED, "the answered call did not come to the callbox")
        call_id = self._taken_by.get()
        if not call_id:
            return self._otherwise(Outcome.REFUSED, "not taken")
        return Tried(Outcome.ANSWERED, "", call_id, self._wait)

    def _otherwise(self, outcome: Outcome, cause: str) -> Tried:
        return Tried(Outcome.WITHDRAWN if self._withdrawn else outcome, cause)

    def _is_taken(self, call: Call, ports: Ports) -> bool:
        self._has_come.set()
        asks = self._target.confirm and not self._withdrawn
        if asks and not takes(call, ports, self._asked.about, self._language):
            return False
        if self._withdrawn or not self._may_take():
            return False
        self._taken_by.set(call.id)
        return True

    def _ended(self, run: Run) -> None:
        if not self._taken_by.ready():
            self._taken_by.set("")
        self._over.set(run)

    def _wait(self, seconds: float | None) -> Run | None:
        try:
            return self._over.get(timeout=seconds)
        except gevent.Timeout:
            return None
