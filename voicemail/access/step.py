"""mailbox: listen to messages by phone."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from ivr_flows.context import Context
from ivr_flows.errors import StepFailed
from ivr_flows.languages import WRONG_KEY
from ivr_flows.ports import Call, CallEnded
from ivr_flows.problem import Fault
from ivr_flows.quantities import Attempts, Variable
from ivr_flows.sentences import Words, spoken_language
from ivr_flows.step import DONE, DONE_EVENT, Event, Step
from ivr_flows.text import TemplateField
from ivr_flows.world import World
from voicemail.access.line import Line
from voicemail.access.main_menu import main_menu
from voicemail.access.sign_in import sign_in
from voicemail.access.visit import Visit
from voicemail.access.words import CONSTANT
from voicemail.access.words.signing import AWAY
from voicemail.checks import check_box, check_language
from voicemail.ports import MAILBOX, Mailroom, MailroomAway

MAX_NAME = 64
"""Longest name or number of a mailbox, in characters."""


class Mailbox(Step):
    """Lets people of the paper hear their messages, after their PIN, and answer them."""

    verb: ClassVar[str] = "mailbox"
    example: ClassVar[str] = """\
mailbox: {}
on: {denied: bye}
next: bye
"""
    refers: ClassVar[Mapping[str, str]] = {"box": MAILBOX}
    shorthand: ClassVar[str] = "box"
    events: ClassVar[Mapping[str, Event]] = {
        **DONE_EVENT,
        "hangup": Event("the caller hung up", "next"),
        "denied": Event("no right PIN was keyed, or it is locked; polite words were said", "next"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    sentences: ClassVar[Sequence[Words]] = (*CONSTANT, WRONG_KEY)

    box: TemplateField | None = None
    """The mailbox, by name or number; if not given, the caller keys the number."""
    language: TemplateField | None = None
    """Language of all that is said; if not given, that of the call, then that of the mailbox."""
    attempts: Attempts = 3
    """How often the PIN is asked for."""
    store: Variable | None = None
    """Variable that takes `box` (its name) and how many were `heard`, `saved` and `deleted`."""

    def check(self, world: World) -> list[Fault]:
        return [*check_box(self.box, world), *check_language(self.language, world)]

    def run(self, call: Call, context: Context) -> str:
        own = context.render(self.language) if self.language else ""
        line = Line(call, context, spoken_language(own, context.language), context.now())
        try:
            return self._attend(line, own)
        except MailroomAway as away:
            line.say(AWAY)
            # Not the words of `away`: they may hold what was asked, a PIN for instance.
            raise StepFailed("the mailboxes cannot be asked") from away
        except CallEnded as ended:
            if ended.connected:
                raise
            return "hangup"

    def _attend(self, line: Line, own_language: str) -> str:
        context = line.context
        room = context.service(Mailroom)  # type: ignore[type-abstract]
        name = context.render(self.box)[:MAX_NAME] if self.box else ""
        box = sign_in(line, room, name, self.attempts)
        if box is None:
            return "denied"
        language = spoken_language(own_language, box.language, line.language)
        visit = Visit(line.call, context, language, line.began, room, box)
        try:
            main_menu(visit)
        finally:
            self._remember(visit)
        return DONE

    def _remember(self, visit: Visit) -> None:
        tally: dict[str, str | int] = {
            "box": visit.box.name,
            "heard": len(visit.heard),
            "saved": len(visit.saved),
            "deleted": len(visit.deleted),
        }
        visit.context.store(self.store, tally)
        for what, number in tally.items():
            visit.context.note(what, number)
