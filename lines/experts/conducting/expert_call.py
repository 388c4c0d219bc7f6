"""The expert is called, by the box itself."""

from collections.abc import Callable

import gevent

from lines.experts.conducting.stage import Stage
from lines.experts.hour.agenda import Agenda
from lines.outgoing import Outcome, OutgoingCall
from store.models.line import Door

FLOW = "pressline-expert"
"""The box's own flow, that leads whoever answers into the hall."""


class ExpertCall:
    def __init__(self, stage: Stage, not_reached: Callable[[Outcome], None]) -> None:
        """`not_reached` is told why nobody is in the hall, though it was rung."""
        self._stage = stage
        self._not_reached = not_reached
        self._latest = ""
        """Id of the call that counts; what becomes of earlier ones does not."""

    def place(self, agenda: Agenda) -> None:
        session = agenda.session
        call = OutgoingCall(
            to=agenda.expert,
            door=Door.CONFERENCE,
            flow=FLOW,
            given={"session": session.id},
            asked_by=f"expert line {session.line.name}",
            purpose=f"expert's hour {session.id}",
        )
        self._latest = call.id
        gevent.spawn(self._run, call)

    def withdraw(self) -> None:
        if self._latest:
            gevent.spawn(self._stage.outgoing.withdraw, self._latest)
            self._latest = ""

    def _run(self, call: OutgoingCall) -> None:
        placed = self._stage.outgoing.place(call)
        if placed.answered:
            placed.over(None)
        if call.id == self._latest:
            self._not_reached(Outcome.REFUSED if placed.answered else placed.outcome)
