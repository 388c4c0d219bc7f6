"""flow: run another flow and come back."""

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
    shorthand: ClassVar[str] = "name"
    audible: ClassVar[bool] = True

    name: Name
    """The flow's name."""
    with_: dict[Variable, ValueField] = Field(default_factory=dict, alias="with")
    """Values for the variables that the flow takes."""
    store: Variable | None = None
    """Variable that takes all variables which the flow has set."""

    def check(self, world: World) -> list[Fault]:
        if world.flows is None:
            return []
        face = world.flows.get(self.name)
        if face is None:
            hint = nearest(self.name, world.flows)
            return [Fault(("name",), f"there is no flow {quoted(self.name)}", hint)]
        missing = [
            Fault(("with",), f"the flow {quoted(self.name)} takes {quoted(name)}, not given")
            for name in sorted(face.takes - self.with_.keys())
        ]
        unknown = [
            Fault(
                ("with", name),
                f"the flow {quoted(self.name)} does not take {quoted(name)}, "
                f"expected {one_of(face.takes) or 'nothing'}",
                nearest(name, face.takes),
                at_key=True,
            )
            for name in self.with_
            if name not in face.takes
        ]
        return missing + unknown

    def run(self, call: Call, context: Context) -> str:
        given = {name: context.value(value) for name, value in self.with_.items()}
        context.store(self.store, context.call_flow(self.name, given))
        context.note("flow", self.name)
        return DONE
