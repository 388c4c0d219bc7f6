"""One outgoing call: whom it rings, in which order, until somebody takes it."""

from collections.abc import Callable, Iterable, Sequence

import gevent

from ivr_flows.ports import Target
from lines.dialling import Allowed
from lines.outgoing import Outcome, OutgoingCall, Placed
from lines.ways import Ways

from .ringing import Attempt, Tried

TRUNK_FAILED = frozenset(
    {
        "DESTINATION_OUT_OF_ORDER",
        "GATEWAY_DOWN",
        "INCOMPATIBLE_DESTINATION",
        "NETWORK_OUT_OF_ORDER",
        "NORMAL_CIRCUIT_CONGESTION",
        "NORMAL_TEMPORARY_FAILURE",
        "RECOVERY_ON_TIMER_EXPIRE",
        "REQUESTED_CHAN_UNAVAIL",
        "SERVICE_UNAVAILABLE",
        "SWITCH_CONGESTION",
    }
)
"""The switch's words for a way that failed, and not whoever is at its end: the next is tried."""
TELLING = (
    Outcome.ANSWERED,
    Outcome.WITHDRAWN,
    Outcome.REFUSED,
    Outcome.BUSY,
    Outcome.NO_ANSWER,
    Outcome.UNREACHABLE,
    Outcome.FAILED,
)
"""Of several phones the first of these is what became of the whole."""

Ring = Callable[[Attempt], Tried]
Settle = Callable[[Allowed, Outcome | None], None]


class Hunt:
    """The phones of one outgoing call."""

    def __init__(
        self,
        asked: OutgoingCall,
        ring: Ring,
        withdraw: Callable[[Attempt], None],
        settle: Settle,
    ) -> None:
        """`settle` is told of each number what became of it; None when it was not rung."""
        self._asked = asked
        self._ring = ring
        self._withdraw = withdraw
        self._settle = settle
        self._ringing: list[Attempt] = []
        self._is_taken = False
        self._is_withdrawn = False

    def run(self, ways: Ways) -> Placed:
        """Until somebody took the call, or nobody is left."""
        hunt = self._together if ways.at_once else self._in_order
        tried = min(hunt(ways), key=lambda one: TELLING.index(one.outcome))
        return Placed(tried.outcome, tried.call_id, tried.cause, tried.over)

    def withdraw(self) -> None:
        """Let nothing ring any longer."""
        self._is_withdrawn = True
        gevent.joinall([gevent.spawn(self._withdraw, one) for one in self._ringing])

    def _in_order(self, ways: Ways) -> Sequence[Tried]:
        tried = []
        for allowed in ways.allowed:
            tried.append(self._number(allowed, ways.language))
        return tried

    def _together(self, ways: Ways) -> Sequence[Tried]:
        ringing = [gevent.spawn(self._number, one, ways.language) for one in ways.allowed]
        for done in gevent.iwait(ringing):
            if done.value and done.value.outcome is Outcome.ANSWERED:
                gevent.spawn(self.withdraw)
                return [done.value]
        return [one.get() for one in ringing]

    def _number(self, allowed: Allowed, language: str) -> Tried:
        """One number: a later way to it is for when the trunk before it failed."""
        tried: Tried | None = None
        for target in self._unless_over(allowed.targets):
            tried = self._target(target, language)
            if tried.cause not in TRUNK_FAILED:
                break
        self._settle(allowed, tried.outcome if tried else None)
        return tried or Tried(Outcome.WITHDRAWN)

    def _unless_over(self, targets: Iterable[Target]) -> Iterable[Target]:
        return (one for one in targets if not (self._is_taken or self._is_withdrawn))

    def _target(self, target: Target, language: str) -> Tried:
        attempt = Attempt(self._asked, target, language, self._take)
        self._ringing.append(attempt)
        try:
            return self._ring(attempt)
        finally:
            self._ringing.remove(attempt)

    def _take(self) -> bool:
        """Of phones that ring together the first takes the call."""
        first = not self._is_taken
        self._is_taken = True
        return first
