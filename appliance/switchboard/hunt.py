"""One outgoing call: whom it rings, in which order, until somebody takes it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import gevent

from esl.call_bridge_outcomes import TRUNK_FAILED
from ivr_flows.ports import Reach, Target
from lines.outgoing import Outcome, OutgoingCall, Placed

from .ringing import Attempt, Tried

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
Settle = Callable[[Target, Outcome | None], None]


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

    def run(self, reach: Reach) -> Placed:
        """Until somebody took the call, or nobody is left."""
        if self._asked.confirm is not None:
            reach = replace(reach, targets=[self._asking(one) for one in reach.targets])
        hunt = self._together if reach.at_once else self._in_order
        tried = min(hunt(reach), key=lambda one: TELLING.index(one.outcome))
        return Placed(tried.outcome, tried.call_id, tried.cause, tried.over)

    def withdraw(self) -> None:
        """Let nothing ring any longer."""
        self._is_withdrawn = True
        gevent.joinall([gevent.spawn(self._withdraw, one) for one in self._ringing])

    def _asking(self, target: Target) -> Target:
        """Every way to it asks for the key, or none does."""
        instead = self._asking(target.instead) if target.instead else None
        return replace(target, confirm=bool(self._asked.confirm), instead=instead)

    def _in_order(self, reach: Reach) -> Sequence[Tried]:
        return [self._number(one, reach.language) for one in reach.targets]

    def _together(self, reach: Reach) -> Sequence[Tried]:
        ringing = [gevent.spawn(self._number, one, reach.language) for one in reach.targets]
        for done in gevent.iwait(ringing):
            if done.value and done.value.outcome is Outcome.ANSWERED:
                gevent.spawn(self.withdraw)
                return [done.value]
        return [one.get() for one in ringing]

    def _number(self, target: Target, language: str) -> Tried:
        """One number: another way to it is for when the trunk before it failed."""
        tried: Tried | None = None
        way: Target | None = target
        while way and not (self._is_taken or self._is_withdrawn):
            tried = self._target(way, language)
            way = way.instead if tried.cause in TRUNK_FAILED else None
        self._settle(target, tried.outcome if tried else None)
        return tried or Tried(Outcome.WITHDRAWN)

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
