"""callback: the box calls back later, and the flow goes on there."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from pydantic import Field

from ivr_flows.context import Context
from ivr_flows.line import Line
from ivr_flows.number_asking import ask_number
from ivr_flows.phone_numbers import shown_number
from ivr_flows.ports import Call
from ivr_flows.problem import Fault
from ivr_flows.quantities import Attempts, Name, Variable
from ivr_flows.sentences import Words, spoken_language
from ivr_flows.step import DONE, Event, Step
from ivr_flows.steps.subflow import flow_faults
from ivr_flows.text import TemplateField
from ivr_flows.value import ValueField
from ivr_flows.world import World
from lines.callbacks.ports import Callbacks, CallbacksAway, CallbackWish, Refusal
from lines.callbacks.when import When, weekly
from lines.callbacks.words import CONSTANT, NOT_THERE, TOO_MANY, WE_CALL

SAID: Mapping[Refusal, Words] = {Refusal.NUMBER: NOT_THERE, Refusal.FULL: TOO_MANY}
LONGEST = 64
"""Characters of a number that anybody looks at."""


class Callback(Step):
    """Promises the caller a call: the box rings the number, asks for the key 1, and runs a flow.

    A number that is busy or does not answer is tried again.
    """

    verb: ClassVar[str] = "callback"
    example: ClassVar[str] = """\
callback:
  flow: opening-hours
  with: {desk: news}
  when: {after: 2h, hours: {mon-fri: "09:00-18:00"}}
on: {nothing: bye, refused: sorry}
next: bye
"""
    refers: ClassVar[Mapping[str, str]] = {"flow": "flow"}
    events: ClassVar[Mapping[str, Event]] = {
        DONE: Event("the call is promised; the caller was told", "next"),
        "nothing": Event("the caller left no number", "next"),
        "refused": Event(
            "the number may not be dialled, or too many calls are owed; the caller was told",
            "next",
        ),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    sentences: ClassVar[Sequence[Words]] = CONSTANT

    flow: Name
    """The flow that is heard by whoever takes the call."""
    with_: dict[Variable, ValueField] = Field(default_factory=dict, alias="with")
    """Values for the variables that the flow takes."""
    number: TemplateField | None = None
    """The number to call; if not given, the caller confirms or keys it."""
    when: When | None = None
    """When the box may call; soon, and at any hour, if not given."""
    attempts: Attempts = 4
    """How often the number is tried."""
    language: TemplateField | None = None
    """Language of the call; that of this one if not given."""
    store: Variable | None = None
    """Variable that takes `id`, `number` and `at`, before which it does not ring."""

    def check(self, world: World) -> list[Fault]:
        return flow_faults(self.flow, self.with_, world, key="flow")

    def run(self, call: Call, context: Context) -> str:
        language = context.render(self.language) if self.language else context.language
        line = Line(call, context, spoken_language(language))
        number = self._number(line)
        context.note("number", number)
        if not number:
            return "nothing"
        callbacks = context.service(Callbacks)  # type: ignore[type-abstract]
        try:
            answer = callbacks.book(self._wish(line, number))
        except CallbacksAway as away:
            context.fail(f"the call cannot be promised: {away}")
        if isinstance(answer, Refusal):
            context.note("refused", answer.value)
            line.say(SAID[answer])
            return "refused"
        told = {"id": answer.id, "number": answer.number, "at": answer.at}
        context.store(self.store, told)
        line.say(WE_CALL)
        return DONE

    def _number(self, line: Line) -> str:
        if self.number:
            return line.context.render(self.number).strip()[:LONGEST]
        keyed = _Keyed()
        ask_number(line, keyed)
        return keyed.number

    def _wish(self, line: Line, number: str) -> CallbackWish:
        context, when = line.context, self.when or When()
        return CallbackWish(
            number=number,
            flow=self.flow,
            given={name: context.value(value) for name, value in self.with_.items()},
            language=line.language,
            asked_by=shown_number(line.call.caller),
            call=line.call.id,
            after=when.after,
            within=when.within,
            hours=weekly(when.hours) if when.hours else None,
            attempts=self.attempts,
        )


class _Keyed:
    """The number that the caller has given."""

    def __init__(self) -> None:
        self.number = ""

    def __call__(self, number: str, *, confirmed: bool) -> None:
        self.number = number
