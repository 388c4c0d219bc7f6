"""Outgoing calls in memory: for the simulator and for tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ivr_flows.trace import Run
from lines.outgoing import Outcome, Outgoing, OutgoingCall, Placed


@dataclass(slots=True)
class SimulatedOutgoing:
    """Everybody answers at once and hears the flow to its end, unless told otherwise."""

    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    """What becomes of calls, by whom they are to."""
    run: Callable[[OutgoingCall], Run] = lambda call: Run(call.flow, call.language or "en")
    """What the flow of an answered call does."""
    placed: list[OutgoingCall] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)

    def place(self, call: OutgoingCall) -> Placed:
        self.placed.append(call)
        outcome = self.outcomes.get(call.to, Outcome.ANSWERED)
        if outcome is not Outcome.ANSWERED:
            return Placed(outcome, reason="simulated")
        run = self.run(call)
        return Placed(outcome, f"call-{len(self.placed)}", over=lambda _seconds: run)

    def withdraw(self, call_id: str) -> None:
        self.withdrawn.append(call_id)


def _is_outgoing(simulated: SimulatedOutgoing) -> Outgoing:
    """Held to the port by the type checker."""
    return simulated
