"""voicemail: the caller leaves a message in a mailbox."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from ivr_flows.context import Context
from ivr_flows.line import Line
from ivr_flows.phone_numbers import shown_number
from ivr_flows.ports import Call, CallEnded
from ivr_flows.problem import Fault
from ivr_flows.quantities import Duration, StepName, Variable
from ivr_flows.sentences import Words, spoken_language
from ivr_flows.step import DONE, DONE_EVENT, Event, Step
from ivr_flows.text import TemplateField, TextField
from ivr_flows.world import World
from voicemail.checks import check_box, check_language
from voicemail.deposit.callback import ask_number
from voicemail.deposit.greeting import greet
from voicemail.deposit.message import OpenMessage, Take
from voicemail.deposit.review import Review
from voicemail.deposit.taking import take_message
from voicemail.deposit.words import CONSTANT, FULL, NO_ROOM, SENT
from voicemail.ports import MAILBOX, Door, Mailroom, Refusal

MAX_NAME = 64
"""Longest name or number of a mailbox, in characters."""
REFUSALS: Mapping[Refusal, tuple[str, Words | str]] = {
    Refusal.UNKNOWN: ("unknown", ""),
    Refusal.FULL: ("full", FULL),
    Refusal.DISK: ("refused", NO_ROOM),
}
"""The event, and what is said before."""


class Voicemail(Step):
    """Takes a message for a mailbox. What the caller said is kept whenever the call ends."""

    verb: ClassVar[str] = "voicemail"
    example: ClassVar[str] = """\
voicemail: {box: desk, store: message}
on: {full: sorry, nothing: bye}
next: bye
"""
    refers: ClassVar[Mapping[str, str]] = {"box": MAILBOX}
    shorthand: ClassVar[str] = "box"
    events: ClassVar[Mapping[str, Event]] = {
        **DONE_EVENT,
        "hangup": Event("the caller hung up; what was said is kept", "next"),
        "nothing": Event("nothing was said in three attempts", "next"),
        "full": Event("the mailbox takes no more messages; the caller was told", "next"),
        "refused": Event("there is no room on the disk; the caller was told", "next"),
        "unknown": Event("there is no such mailbox"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    sentences: ClassVar[Sequence[Words]] = CONSTANT

    box: TemplateField
    """The mailbox, by its name or one of its numbers."""
    greeting: Literal["auto", "standard", "busy", "away", "closed", "none"] = "auto"
    """Which greeting of the mailbox is heard; `auto`: the one that fits now."""
    say: TextField | None = None
    """Said instead of the mailbox's greeting."""
    language: TemplateField | None = None
    """Language of all that is said, for instance `"{{ language }}"`; the mailbox's if not given."""
    max: Duration | None = None
    """Longest message, in seconds; the mailbox's if not given."""
    review: Literal[True, False, "box"] = "box"
    """Whether the caller may hear, repeat and mark the message; `box`: as the mailbox says."""
    callback: Literal["ask", "no"] = "no"
    """Whether to ask where to call back; who shows no number is always asked."""
    owner: StepName | None = None
    """Step for who presses * in the greeting: the mailbox's owner."""
    store: Variable | None = None
    """Variable that takes `id`, `box`, `seconds`, `urgent` and `callback` (a number)."""

    def branches(self) -> Mapping[str, str]:
        return {"owner": self.owner} if self.owner else {}

    def check(self, world: World) -> list[Fault]:
        return [*check_box(self.box, world), *check_language(self.language, world)]

    def run(self, call: Call, context: Context) -> str:
        mailroom = context.service(Mailroom)  # type: ignore[type-abstract]
        name = context.render(self.box)[:MAX_NAME]
        context.note("box", name)
        door = mailroom.door(name, "auto" if self.greeting == "none" else self.greeting)
        own = context.render(self.language) if self.language else ""
        line = Line(call, context, spoken_language(own, door.box.language, context.language))
        if door.refusal:
            event, words = REFUSALS[door.refusal]
            line.say(words)
            return event
        draft = mailroom.begin(door.box, call.id, call.caller, call.dialed, line.language)
        context.note("message", draft.id)
        return self._open(line, door, OpenMessage(mailroom, draft))

    def _open(self, line: Line, door: Door, message: OpenMessage) -> str:
        """Whatever strikes, the message is closed."""
        try:
            event = self._leave(line, door, message)
        except CallEnded:
            if not message.close():
                raise
            event = "hangup"
        finally:
            message.close()
        if message.best:
            line.context.store(self.store, self._facts(line, message, message.best))
        return event

    def _leave(self, line: Line, door: Door, message: OpenMessage) -> str:
        key = greet(line, door, self.say, self.greeting)
        if key == "*" and self.owner:
            message.shortfall = "an owner went to the mailbox instead"
            return "owner"
        longest = self.max or door.box.max_seconds
        take_message(line, message, longest)
        if message.best is None:
            return "nothing"
        if self.callback == "ask" or not shown_number(line.call.caller):
            ask_number(line, message)
        if door.box.review if self.review == "box" else self.review:
            Review(line, message, longest).run()
        message.close()
        line.say(SENT)
        return DONE

    def _facts(self, line: Line, message: OpenMessage, take: Take) -> dict[str, Any]:
        return {
            "id": message.draft.id,
            "box": message.draft.box.name,
            "seconds": round(take.seconds, 1),
            "urgent": message.note.urgent,
            "callback": message.note.callback_number or shown_number(line.call.caller),
        }
