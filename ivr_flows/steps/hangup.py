"""hangup: end the call."""

from collections.abc import Mapping
from typing import ClassVar

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.step import Event, Step
from ivr_flows.text import TextField


class Hangup(Step):
    """Ends the call, in a sub-flow too."""

    verb: ClassVar[str] = "hangup"
    example: ClassVar[str] = 'hangup: {say: "Goodbye."}'
    shorthand: ClassVar[str] = "say"
    events: ClassVar[Mapping[str, Event]] = {}
    goes_on: ClassVar[bool] = False

    say: TextField | None = None
    """Said before."""

    def run(self, call: Call, context: Context) -> str:
        if self.say:
            context.answer()
            call.play(context.prompts(self.say), barge_in=False)
        context.finish()
