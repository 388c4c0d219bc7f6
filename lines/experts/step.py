"""expert: take part in an expert's hour, or hear when the next one is."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from ivr_flows.context import Context
from ivr_flows.errors import StepFailed
from ivr_flows.line import Line
from ivr_flows.ports import Call
from ivr_flows.problem import Fault
from ivr_flows.quantities import Attempts, StepName
from ivr_flows.sentences import Words, spoken_language
from ivr_flows.step import DONE_EVENT, Event, Step
from ivr_flows.text import TemplateField
from ivr_flows.world import World
from lines.experts.checks import check_line, check_one_of, check_seat
from lines.experts.hour.words import CONSTANT as HOUR_CONSTANT
from lines.experts.ports import EXPERT_LINE, ExpertLineAway, ExpertLines, Seat
from lines.experts.talk.desk import attend, join
from lines.experts.talk.hearing import hear_answer
from lines.experts.talk.public import welcome
from lines.experts.talk.staff_words import CONSTANT as STAFF_CONSTANT
from lines.experts.talk.words import AWAY, CONSTANT

MAX_NAME = 64
"""Longest name of a line, in characters."""


class Expert(Step):
    """Lets callers into the hour of an expert; outside it, tells the next one's topic and time."""

    verb: ClassVar[str] = "expert"
    example: ClassVar[str] = """\
expert: {line: science, question: leave}
on: {full: bye, closed: bye}
next: bye
"""
    refers: ClassVar[Mapping[str, str]] = {"line": EXPERT_LINE}
    shorthand: ClassVar[str] = "line"
    events: ClassVar[Mapping[str, Event]] = {
        **DONE_EVENT,
        "closed": Event("there is no session just now; when the next one is was said", "next"),
        "question": Event("outside the hour, the caller wants to leave a question", "next"),
        "full": Event("no more callers could be let in; they were told", "next"),
        "removed": Event("the host has thrown the caller out", "next"),
        "refused": Event("no right PIN was keyed, or it is locked; polite words were said", "next"),
        "gone": Event("the answer that was to be heard is not there any more", "next"),
        "unknown": Event("there is no such line or session"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    sentences: ClassVar[Sequence[Words]] = (*CONSTANT, *STAFF_CONSTANT, *HOUR_CONSTANT)

    line: TemplateField | None = None
    """The line, by its name."""
    seat: Literal["caller", "ask", "host", "screener", "expert"] = "caller"
    """As what somebody takes part; `ask`: a PIN of the session decides."""
    question: StepName | None = None
    """Step for a caller who wants to leave a question outside the hour; if not given, nobody is
    asked. It should lead to `voicemail` with the mailbox of the line."""
    attempts: Attempts = 3
    """How often a PIN is asked for."""
    session: TemplateField | None = None
    """Instead of a line, the number of a session that is joined at once: for the box's own calls
    to experts."""
    answer: TemplateField | None = None
    """Instead of a line, an expert's late answer: its question and the answer are played. For the
    box's own calls back to those who asked."""

    def branches(self) -> Mapping[str, str]:
        return {"question": self.question} if self.question else {}

    def check(self, world: World) -> list[Fault]:
        own = {"line": self.line, "session": self.session, "answer": self.answer}
        given = [name for name, template in own.items() if template is not None]
        faults = [*check_line(self.line, world), *check_one_of(given)]
        if given == ["line"]:
            faults += check_seat(self.seat, ("caller", "ask"), "line")
        elif given == ["session"]:
            faults += check_seat(self.seat, ("host", "screener", "expert"), "session")
        return faults

    def run(self, call: Call, context: Context) -> str:
        line = Line(call, context, spoken_language(context.language))
        lines = context.service(ExpertLines)  # type: ignore[type-abstract]
        try:
            return self._attend(line, lines)
        except ExpertLineAway as away:
            line.say(AWAY)
            # Not the words of `away`: they may hold what was asked, a PIN for instance.
            raise StepFailed("the expert lines cannot be asked") from away

    def _attend(self, line: Line, lines: ExpertLines) -> str:
        context = line.context
        if self.answer is not None:
            return hear_answer(line, lines, context.render(self.answer)[:MAX_NAME])
        if self.session is not None:
            return join(line, lines, context.render(self.session), Seat(self.seat))
        name = context.render(self.line)[:MAX_NAME] if self.line else ""
        context.note("line", name)
        if self.seat == "ask":
            return attend(line, lines, name, self.attempts)
        return welcome(line, lines, name, may_ask=self.question is not None)
