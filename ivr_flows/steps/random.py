"""random: choose a way by chance."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.quantities import StepName
from ivr_flows.step import Event, Step

Weight = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]


class Random(Step):
    """Goes to one of several steps by chance, the heavier ones more often."""

    verb: ClassVar[str] = "random"
    example: ClassVar[str] = "random: {offer: 1, welcome: 3}"
    shorthand: ClassVar[str] = "choices"
    always_short: ClassVar[bool] = True
    events: ClassVar[Mapping[str, Event]] = {}
    goes_on: ClassVar[bool] = False

    choices: Annotated[dict[StepName, Weight], Field(min_length=1, max_length=50)]
    """Step to weight: `{a: 1, b: 3}` goes to b three times out of four."""

    def branches(self) -> Mapping[str, str]:
        return {step: step for step in self.choices}

    def run(self, call: Call, context: Context) -> str:
        left = context.session.chance() * sum(self.choices.values())
        for step, weight in self.choices.items():
            left -= weight
            if left < 0:
                return step
        return next(reversed(self.choices))
