"""The port `Outgoing`, as the running box implements it: rings, and knows the calls that come."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gevent
import structlog
from gevent.lock import BoundedSemaphore

from esl.call import EslCall
from esl.errors import EslError
from esl.originate import end_leftovers, token_of
from esl.switch import Switch
from ivr_flows.ports import Reach, Target
from lines.outgoing import Outcome, Outgoing, OutgoingCall, Placed

from ..dialling import Asking
from ..errors import SidecarError
from ..program import Program
from .hunt import Hunt
from .ringing import Attempt, Tried

log = structlog.get_logger()

MOST_RINGING = 20
"""Outgoing calls that ring at once; others wait their turn, so that a list of guests leaves
lines for callers."""
DOOR_LIMIT = 10.0
"""Seconds for the dialling rules to say what may be rung."""
SETTLE_LIMIT = 30.0
"""Seconds to note what became of a number: nobody waits for it."""


class OutgoingCalls:
    """All calls that the box places."""

    def __init__(
        self,
        switch: Switch,
        sidecar: Asking,
        has_flow: Callable[[str], bool],
        *,
        callbox: tuple[str, int],
        paper: str,
    ) -> None:
        """`callbox`: where the switch brings answered calls; `paper`: the name that is shown."""
        self._callbox = callbox
        self._paper = paper
        self._switch = switch
        self._sidecar = sidecar
        self._has_flow = has_flow
        self._turn = BoundedSemaphore(MOST_RINGING)
        self._hunts: dict[str, Hunt] = {}
        self._attempts: dict[str, Attempt] = {}

    # --- the port

    def place(self, call: OutgoingCall) -> Placed:
        if not self._has_flow(call.flow):
            return _told(call, Placed(Outcome.FAILED, reason=f"no flow {call.flow!r} is live"))
        hunt = Hunt(call, self._ring, self._withdraw, self._settle)
        self._hunts[call.id] = hunt
        try:
            with self._turn:
                return _told(call, self._placed(call, hunt))
        except Exception as error:  # the top of a task
            log.exception("an outgoing call failed", purpose=call.purpose)
            return Placed(Outcome.FAILED, reason=str(error))
        finally:
            self._hunts.pop(call.id, None)

    def withdraw(self, call_id: str) -> None:
        if hunt := self._hunts.get(call_id):
            hunt.withdraw()

    # --- what the callbox asks and tells

    def program_for(self, call: EslCall) -> Program | None:
        """What an answered call of ours runs; None for one that nobody waits for (any more)."""
        attempt = self._attempts.get(token_of(call) or "")
        return attempt.program if attempt else None

    def switch_is_back(self, channels: Sequence[Mapping[str, Any]]) -> None:
        """What still rings for a callbox that died is ended."""
        gevent.spawn(self._end_leftovers, channels)

    def stop(self) -> None:
        """Let nothing ring for a callbox that goes."""
        gevent.joinall([gevent.spawn(hunt.withdraw) for hunt in self._hunts.values()])

    # ---

    def _placed(self, call: OutgoingCall, hunt: Hunt) -> Placed:
        asked = (call.to, call.door, call.asked_by, call.for_call)
        try:
            reach = self._sidecar.run("reach", *asked, limit=DOOR_LIMIT)
            assert isinstance(reach, Reach)
        except SidecarError as error:
            return Placed(Outcome.FAILED, reason=f"nobody says whether it may be dialled: {error}")
        if not reach.targets:
            return Placed(Outcome.FORBIDDEN, reason=reach.refused or "nobody is called that")
        return hunt.run(reach)

    def _ring(self, attempt: Attempt) -> Tried:
        self._attempts[attempt.token] = attempt
        try:
            return attempt.ring(self._switch, self._callbox, self._paper)
        finally:
            del self._attempts[attempt.token]

    def _withdraw(self, attempt: Attempt) -> None:
        attempt.withdraw(self._switch)

    def _settle(self, target: Target, outcome: Outcome | None) -> None:
        """Returns at once."""
        if target.reservation:
            told = ("settle", target.reservation, str(outcome))
            gevent.spawn(self._note, told if outcome else ("release", target.reservation))

    def _note(self, told: Sequence[Any]) -> None:
        try:
            self._sidecar.run(*told, limit=SETTLE_LIMIT)
        except SidecarError as error:
            log.warning("what became of a number is not noted", told=told, reason=str(error))

    def _end_leftovers(self, channels: Sequence[Mapping[str, Any]]) -> None:
        try:
            end_leftovers(self._switch, channels, self._attempts.__contains__)
        except EslError as error:
            log.warning("calls of a former life may still ring", reason=str(error))


def _told(call: OutgoingCall, placed: Placed) -> Placed:
    log.info(
        "outgoing call",
        to=call.to[:64],
        purpose=call.purpose,
        outcome=str(placed.outcome),
        reason=placed.reason,
        call=placed.call_id,
    )
    return placed


def _is_outgoing(calls: OutgoingCalls) -> Outgoing:
    """Held to the port by the type checker."""
    return calls
