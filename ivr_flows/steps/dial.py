"""dial: connect the caller to somebody of the paper."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PlainValidator, ValidationInfo, WithJsonSchema

from ivr_flows.context import Context
from ivr_flows.errors import StepFailed
from ivr_flows.ports import (
    BridgeOutcome,
    BridgeResult,
    BridgeRule,
    Call,
    CallEnded,
    Reach,
    Tried,
)
from ivr_flows.problem import Fault, nearest, quoted
from ivr_flows.quantities import SEVERAL, Duration, Name
from ivr_flows.ringing import PRESS, music, question, together, unasked, whispered
from ivr_flows.sentences import Words
from ivr_flows.step import Event, Step
from ivr_flows.text import TEXT_SCHEMA, TemplateField, Text, TextField, parse_text
from ivr_flows.world import World

FORBIDDEN = "forbidden"
_PLAIN = re.compile(r"[\w+(][\w .+/()-]{0,63}")
"""A name or a number; whatever could mean more to a switch is refused here already."""
_OUTSIDE = re.compile(r"[+(]?[0-9][0-9 ./()-]{5,}")
"""Longer than the phones of a house: the dialling rules decide at each call, not the directory."""


def _parse_confirm(value: Any, info: ValidationInfo) -> Text | Literal[False]:
    return False if value is False else parse_text(value, info)


ConfirmField = Annotated[
    Text | Literal[False],
    PlainValidator(_parse_confirm),
    WithJsonSchema({"anyOf": [{"const": False}, TEXT_SCHEMA]}),
]


class Dial(Step):
    """Rings people of the paper and connects the caller with whoever takes the call.

    A person is reached by all their numbers, as they wish. Outside numbers are rung where the
    dialling rules allow it; whoever writes `to: "{{ keys }}"` lets callers choose within them.
    """

    verb: ClassVar[str] = "dial"
    example: ClassVar[str] = """\
dial: {to: news-desk, ring: 20s}
on: {answered: bye, busy: sorry, no_answer: sorry, refused: sorry, unreachable: sorry}
"""
    refers: ClassVar[Mapping[str, str]] = {
        "to": "person",
        "music": "prompt",
        "hold_music": "prompt",
    }
    shorthand: ClassVar[str] = "to"
    events: ClassVar[Mapping[str, Event]] = {
        "answered": Event("they spoke, and the caller is still there", "next"),
        "busy": Event("busy"),
        "no_answer": Event("nobody answered within `ring`"),
        "refused": Event("the call was declined, or answered without the key that takes it"),
        "unreachable": Event("not registered, not reachable, or not in the directory"),
        FORBIDDEN: Event("the dialling rules or limits forbid every number"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    hands_over: ClassVar[frozenset[str]] = frozenset({"answered"})
    sentences: ClassVar[Sequence[Words]] = (PRESS,)

    to: Annotated[tuple[TemplateField, ...], SEVERAL, Field(min_length=1, max_length=20)]
    """A person, a desk phone or a number, or a list of them."""
    ring: Duration = 25.0
    """How long each number is rung, in seconds, where the person's own says nothing else."""
    at_once: bool | None = None
    """Ring all of them together (true) or one number after the other; else as each person likes."""
    say: TextField | None = None
    """Said before ringing."""
    whisper: TextField | None = None
    """Said to whoever answers, in their language, before the caller; who does not hear it."""
    confirm: ConfirmField | None = None
    """What numbers that must confirm are asked before key 1 takes the call; `false`: nothing."""
    music: Name | None = None
    """The recording that the caller hears while it rings, over and over; else a ringing tone."""
    hold_music: Name | None = None
    """The recording for whoever is put on hold; else soft tones."""
    show: TemplateField | None = None
    """The number shown to people who are rung, where their trunk shows the caller's; else his."""

    def check(self, world: World) -> list[Fault]:
        return [*self._strangers(world), *self._missing(world)]

    def _strangers(self, world: World) -> Iterator[Fault]:
        known = world.directory
        for index, name in enumerate(self.to):
            if known is None or not name.constant or name.source in known:
                continue
            if not _OUTSIDE.fullmatch(name.source):
                message = f"nobody in the directory is called {quoted(name.source)}"
                yield Fault(("to", index), message, nearest(name.source, known))

    def _missing(self, world: World) -> Iterator[Fault]:
        known = world.prompts
        for field, name in (("music", self.music), ("hold_music", self.hold_music)):
            if name and known is not None and name not in known:
                yield Fault((field,), f"there is no prompt {quoted(name)}", nearest(name, known))

    def run(self, call: Call, context: Context) -> str:
        names = [_plain(context.render(template)) for template in self.to]
        context.note("dialled", ", ".join(names))
        result, refused = None, ""
        for reach in self._reaches(names, call, context):
            refused = refused or reach.refused
            if reach.targets:
                result = self._ring(reach, call, context, first=result is None)
            if result and result.outcome is BridgeOutcome.ANSWERED:
                break
        if refused:
            context.note("not dialled", refused)
        return _event(result, refused)

    def _reaches(self, names: list[str], call: Call, context: Context) -> Iterator[Reach]:
        """Each asked for when its turn comes, or all as one."""
        caller = call.caller
        asked_by = "" if caller.withheld else caller.number
        directory = context.ports.directory
        found = (directory.reach(name, asked_by, call.id) for name in names)
        return iter([together(list(found))]) if self.at_once else found

    def _ring(self, reach: Reach, call: Call, context: Context, *, first: bool) -> BridgeResult:
        tried: Tried | None = ()
        try:
            rule = self._rule(reach, context)
            if first and self.say:
                call.play(context.prompts(self.say), barge_in=False)
            targets = reach.targets
            if self.confirm is False:
                targets = [unasked(target) for target in targets]
            tried = None  # whatever breaks from here on, somebody may have been rung: it counts
            result = call.bridge(targets, rule)
            tried = result.tried
        except CallEnded as ended:
            tried = ended.tried
            raise
        finally:
            if tried is not None:
                context.ports.directory.settle(reach.targets, tried)
        context.note("outcome", f"{result.outcome} {result.cause} {result.seconds:.0f} s")
        return result

    def _rule(self, reach: Reach, context: Context) -> BridgeRule:
        language = reach.language or context.language
        asks = self.confirm is not False and any(target.confirm for target in reach.targets)
        return BridgeRule(
            self.ring,
            reach.at_once if self.at_once is None else self.at_once,
            caller_number=context.render(self.show) if self.show else "",
            whisper=whispered(self.whisper, context, language),
            confirm=question(self.confirm or None, context, language) if asks else (),
            music=music(self.music, context),
            hold_music=music(self.hold_music, context),
            country=context.ports.country,
        )


def _event(result: BridgeResult | None, refused: str) -> str:
    if result is None:
        return FORBIDDEN if refused else BridgeOutcome.UNREACHABLE.value
    if result.outcome is BridgeOutcome.FAILED:
        raise StepFailed(f"the switch could not dial: {result.cause}")
    return result.outcome.value


def _plain(name: str) -> str:
    if not _PLAIN.fullmatch(name):
        raise StepFailed(f"{quoted(name)} is not a name or a number")
    return name
