"""goto: go on elsewhere."""

from collections.abc import Mapping
from typing import ClassVar

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.quantities import StepName
from ivr_flows.step import DONE, Step


class Goto(Step):
    """Goes on with another step."""

    verb: ClassVar[str] = "goto"
    example: ClassVar[str] = "goto: welcome"
    shorthand: ClassVar[str] = "step"
    goes_on: ClassVar[bool] = False

    step: StepName
    """Where to."""

    def branches(self) -> Mapping[str, str]:
        return {DONE: self.step}

    def run(self, call: Call, context: Context) -> str:
        return DONE
