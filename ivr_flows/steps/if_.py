"""if: go one way or the other."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.quantities import StepName
from ivr_flows.step import Event, Step
from ivr_flows.value import ConditionField


class If(Step):
    """Goes one way if a condition holds, and another if it does not."""

    verb: ClassVar[str] = "if"
    example: ClassVar[str] = """\
if: {when: "caller.withheld or dialed == '101'", then: ask, else: welcome}
"""
    events: ClassVar[Mapping[str, Event]] = {
        "then": Event("the condition holds", "required"),
        "else": Event("it does not hold", "next"),
    }

    when: ConditionField
    """The condition, for instance `sub.price > 10 and number != "0000"`."""
    then: StepName
    """Step if it holds."""
    else_: StepName | None = Field(default=None, alias="else")
    """Step if it does not; `next` if not given."""

    def branches(self) -> Mapping[str, str]:
        return {"then": self.then, **({"else": self.else_} if self.else_ else {})}

    def run(self, call: Call, context: Context) -> str:
        return "then" if context.holds(self.when) else "else"
