"""Calls in which somebody leaves a message, without a switch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ivr_flows.loader import EVERYTHING, load_flow
from ivr_flows.simulator import Simulation, simulate
from ivr_flows.steps import CORE, table_of
from ivr_flows.trial import Trial
from voicemail.ports import Mailroom
from voicemail.simulated import SimulatedMailroom
from voicemail.steps import STEPS

TABLE = table_of(*CORE.values(), *STEPS)


@dataclass(frozen=True, slots=True)
class Left:
    """What became of a call."""

    simulation: Simulation
    room: SimulatedMailroom

    @property
    def heard(self) -> str:
        return " ".join(self.simulation.call.heard)

    @property
    def event(self) -> str:
        return self.simulation.run.trace[0].event

    @property
    def detail(self) -> Mapping[str, Any]:
        return self.simulation.run.trace[0].detail


def leave(
    step: str, room: SimulatedMailroom | None = None, *, then: str = "", **trial: Any
) -> Left:
    """`step` is the verb's value in YAML; `then` are further steps and `on`, `next`."""
    room = room or SimulatedMailroom()
    flow = load_flow(
        f"flow: main\nstart: a\nsteps:\n  a: {{voicemail: {step}{then}\n",
        "main.yaml",
        EVERYTHING,
        TABLE,
    )
    script = Trial.model_validate({"name": "a call", **trial})
    return Left(simulate(flow, script, services={Mailroom: room}), room)
