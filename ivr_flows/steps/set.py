"""set: keep values in variables."""

from typing import Annotated, ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.quantities import Variable
from ivr_flows.step import DONE, Step
from ivr_flows.value import ValueField


class Set(Step):
    """Sets variables; `"{{ … }}"` alone keeps the type of what it names."""

    verb: ClassVar[str] = "set"
    example: ClassVar[str] = 'set: {tries: "{{ 1 + 1 }}", desk: news}'
    shorthand: ClassVar[str] = "values"
    always_short: ClassVar[bool] = True

    values: Annotated[dict[Variable, ValueField], Field(min_length=1, max_length=50)]
    """Variable to value."""

    def stores(self) -> frozenset[str]:
        return frozenset(self.values)

    def run(self, call: Call, context: Context) -> str:
        made = {name: context.value(value) for name, value in self.values.items()}
        for name, value in made.items():
            context.store(name, value)
        context.note("set", made)
        return DONE
