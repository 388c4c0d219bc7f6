"""tag: mark the call for reports."""

from typing import Annotated, ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.quantities import SEVERAL
from ivr_flows.step import DONE, Step
from ivr_flows.text import TemplateField


class Tag(Step):
    """Marks the call with words that reports can count."""

    verb: ClassVar[str] = "tag"
    example: ClassVar[str] = "tag: [complaint, delivery]"
    shorthand: ClassVar[str] = "tags"

    tags: Annotated[tuple[TemplateField, ...], SEVERAL, Field(min_length=1, max_length=20)]
    """A word, or a list of words (each at most 64 characters)."""

    def run(self, call: Call, context: Context) -> str:
        for template in self.tags:
            context.tag(context.render(template))
        return DONE
