"""play: play recordings of the paper."""

from typing import Annotated, ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.problem import Fault, nearest, quoted
from ivr_flows.quantities import SEVERAL, Name
from ivr_flows.step import DONE, Step
from ivr_flows.world import World


class Play(Step):
    """Plays recordings of the paper, one after the other."""

    verb: ClassVar[str] = "play"
    example: ClassVar[str] = "play: jingle"
    shorthand: ClassVar[str] = "prompt"
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True

    prompt: Annotated[tuple[Name, ...], SEVERAL, Field(min_length=1, max_length=50)]
    """The recording's name, or a list of names."""
    barge_in: bool = True
    """Whether a key ends it; the key counts for the next menu or gather."""

    def check(self, world: World) -> list[Fault]:
        known = world.prompts
        if known is None:
            return []
        return [
            Fault(("prompt", index), f"there is no prompt {quoted(name)}", nearest(name, known))
            for index, name in enumerate(self.prompt)
            if name not in known
        ]

    def run(self, call: Call, context: Context) -> str:
        speech = context.ports.speech
        call.play(
            [speech.recording(name, context.language) for name in self.prompt],
            barge_in=self.barge_in,
        )
        context.note("played", " ".join(self.prompt))
        return DONE
