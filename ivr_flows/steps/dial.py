"""dial: connect the caller to somebody of the paper."""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.errors import StepFailed
from ivr_flows.ports import BridgeOutcome, BridgeRule, Call, Target
from ivr_flows.problem import Fault, nearest, quoted
from ivr_flows.quantities import SEVERAL, Duration
from ivr_flows.step import Event, Step
from ivr_flows.text import TemplateField, TextField
from ivr_flows.world import World

_PLAIN = re.compile(r"[\w+][\w .+-]{0,63}")
"""A name or a number; whatever could mean more to a switch is refused here already."""


class Dial(Step):
    """Rings somebody in the directory and connects the caller; nobody else can be dialled."""

    verb: ClassVar[str] = "dial"
    example: ClassVar[str] = """\
dial: {to: news-desk, ring: 20s}
on: {answered: bye, busy: sorry, no_answer: sorry, refused: sorry, unreachable: sorry}
"""
    shorthand: ClassVar[str] = "to"
    events: ClassVar[Mapping[str, Event]] = {
        "answered": Event("they spoke, and the caller is still there", "next"),
        "busy": Event("busy"),
        "no_answer": Event("nobody answered within `ring`"),
        "refused": Event("the call was declined"),
        "unreachable": Event("not registered, not reachable, or not in the directory"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    hands_over: ClassVar[frozenset[str]] = frozenset({"answered"})

    to: Annotated[tuple[TemplateField, ...], SEVERAL, Field(min_length=1, max_length=20)]
    """A name or number of the directory, or a list of them."""
    ring: Duration = 25.0
    """How long each is rung, in seconds."""
    at_once: bool = False
    """Ring all of them together instead of one after the other."""
    say: TextField | None = None
    """Said before ringing."""

    def check(self, world: World) -> list[Fault]:
        known = world.directory
        if known is None:
            return []
        return [
            Fault(
                ("to", index),
                f"nobody in the directory is called {quoted(name.source)}",
                nearest(name.source, known),
            )
            for index, name in enumerate(self.to)
            if name.constant and name.source not in known
        ]

    def run(self, call: Call, context: Context) -> str:
        names = [context.render(template) for template in self.to]
        context.note("dialled", ", ".join(names))
        targets = [target for name in names for target in self._targets(name, context)]
        if not targets:
            context.note("outcome", "nobody may be dialled by that name")
            return BridgeOutcome.UNREACHABLE.value
        prompts = context.prompts(self.say)
        if prompts:
            call.play(prompts, barge_in=False)
        result = call.bridge(targets, BridgeRule(self.ring, self.at_once))
        context.note("outcome", f"{result.outcome} {result.cause} {result.seconds:.0f} s")
        if result.outcome is BridgeOutcome.FAILED:
            raise StepFailed(f"the switch could not dial: {result.cause}")
        return result.outcome.value

    def _targets(self, name: str, context: Context) -> list[Target]:
        if not _PLAIN.fullmatch(name):
            raise StepFailed(f"{quoted(name)} is not a name or a number")
        return list(context.ports.directory.targets(name))
