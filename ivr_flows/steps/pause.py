"""pause: be silent for a moment."""

from typing import ClassVar

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.quantities import Duration
from ivr_flows.step import DONE, Step


class Pause(Step):
    """Keeps silent; keys pressed meanwhile count for the next menu or gather."""

    verb: ClassVar[str] = "pause"
    example: ClassVar[str] = "pause: 500ms"
    shorthand: ClassVar[str] = "seconds"
    answers: ClassVar[bool] = True

    seconds: Duration
    """How long, in seconds."""

    def run(self, call: Call, context: Context) -> str:
        call.pause(self.seconds)
        return DONE
