"""say: speak a text."""

from typing import ClassVar

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.step import DONE, Step
from ivr_flows.text import TextField


class Say(Step):
    """Speaks a text to the caller."""

    verb: ClassVar[str] = "say"
    example: ClassVar[str] = 'say: "Welcome to the {{ paper.name }}."'
    shorthand: ClassVar[str] = "text"
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True

    text: TextField
    """What is said: words, a recording, a list of these, or one of these per language."""
    barge_in: bool = True
    """Whether a key ends it; the key counts for the next menu or gather."""

    def run(self, call: Call, context: Context) -> str:
        prompts = context.prompts(self.text)
        if prompts:
            call.play(prompts, barge_in=self.barge_in)
        return DONE
