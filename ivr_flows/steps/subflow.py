"""flow: run another flow and come back."""

from collections.abc import Collection, Mapping
from typing import ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.problem import Fault, nearest, one_of, quoted
from ivr_flows.quantities import Name, Variable
from ivr_flows.step import DONE, Step
from ivr_flows.value import ValueField
from ivr_flows.world import World


class SubFlow(Step):
    """Runs another flow, which has variables of its own, and comes back when it ends."""

    verb: ClassVar[str] = "flow"
    example: ClassVar[str] = """\
flow: {name: opening-hours, with: {desk: news}, store: hours}
next: welcome
"""
    refers: ClassVar[Mapping[str, str]] = {"name": "flow"}
    shorthand: ClassVar[str] = "name"
    audible: ClassVar[bool] = True

    name: Name
    """The flow's name."""
    with_: dict[Variable, ValueField] = Field(default_factory=dict, alias="with")
    """Values for the variables that the flow takes."""
    store: Variable | None = None
    """Variable that takes all variables which the flow has set."""

    def check(self, world: World) -> list[Fault]:
        return flow_faults(self.name, self.with_, world)

    def run(self, call: Call, context: Context) -> str:
        given = {name: context.value(value) for name, value in self.with_.items()}
        context.store(self.store, context.call_flow(self.name, given))
        context.note("flow", self.name)
        return DONE


def flow_faults(flow: str, given: Collection[str], world: World, key: str = "name") -> list[Fault]:
    """A flow that is not there, or takes other variables than are `given`; `key` names it."""
    if world.flows is None:
        return []
    face = world.flows.get(flow)
    if face is None:
        hint = nearest(flow, world.flows)
        return [Fault((key,), f"there is no flow {quoted(flow)}", hint)]
    missing = [
        Fault(("with",), f"the flow {quoted(flow)} takes {quoted(name)}, not given")
        for name in sorted(face.takes - set(given))
    ]
    unknown = [
        Fault(
            ("with", name),
            f"the flow {quoted(flow)} does not take {quoted(name)}, "
            f"expected {one_of(face.takes) or 'nothing'}",
            nearest(name, face.takes),
            at_key=True,
        )
        for name in given
        if name not in face.takes
    ]
    return missing + unknown
