"""gather: take a number from the caller."""

from collections.abc import Mapping
from typing import ClassVar

from ivr_flows.context import Context
from ivr_flows.languages import WRONG_NUMBER
from ivr_flows.ports import Call, DigitRule, Digits, Prompt
from ivr_flows.quantities import Attempts, DigitRange, Duration, FinishKey, Variable
from ivr_flows.step import DONE, DONE_EVENT, Event, Step
from ivr_flows.text import TextField

CONFIRM = DigitRule(finish_on="")


class Gather(Step):
    """Asks for a number and keeps what the caller keys."""

    verb: ClassVar[str] = "gather"
    example: ClassVar[str] = """\
gather:
  say: "Key in your subscriber number, then the hash key."
  digits: 4..8
  store: number
  confirm: "You keyed {{ number | digits }}. Press 1 if that is right."
next: look
"""
    events: ClassVar[Mapping[str, Event]] = {
        **DONE_EVENT,
        "noinput": Event("nothing was keyed in the last attempt"),
        "invalid": Event("the entry of the last attempt was too short, or not confirmed"),
    }
    answers: ClassVar[bool] = True
    audible: ClassVar[bool] = True
    reads_own: ClassVar[frozenset[str]] = frozenset({"confirm"})

    say: TextField
    """The question."""
    digits: DigitRange
    """How many digits: `4`, or `4..8`."""
    store: Variable
    """Variable that takes the digits (as text, so that a leading 0 stays)."""
    finish_on_key: FinishKey = "#"
    """Key that ends the entry early; `none` for no such key."""
    timeout: Duration = 5.0
    """Silence allowed after the question, in seconds."""
    key_timeout: Duration = 3.0
    """Silence allowed between two keys, in seconds."""
    attempts: Attempts = 3
    """How often the question is asked."""
    wrong: TextField | None = None
    """Said after an entry that is too short; a usual sentence if not given."""
    confirm: TextField | None = None
    """Said after the entry: key 1 accepts it, any other key asks again."""

    def run(self, call: Call, context: Context) -> str:
        low, high = self.digits
        rule = DigitRule(low, high, self.finish_on_key, self.timeout, self.key_timeout)
        event, hint = "noinput", list[Prompt]()
        for _ in range(self.attempts):
            entry = call.collect([*hint, *context.prompts(self.say)], rule)
            context.note("keyed", entry.keys)
            event, hint = self._judge(entry, context)
            if event == DONE and self._confirmed(call, context):
                return DONE
        return "invalid" if event == DONE else event

    def _judge(self, entry: Digits, context: Context) -> tuple[str, list[Prompt]]:
        low, high = self.digits
        if not entry.keys and not entry.finished_by:
            return "noinput", []
        if low <= len(entry.keys) <= high and entry.keys.isdecimal():
            context.store(self.store, entry.keys)
            return DONE, []
        if self.wrong:
            return "invalid", context.prompts(self.wrong)
        return "invalid", context.sentence(WRONG_NUMBER)

    def _confirmed(self, call: Call, context: Context) -> bool:
        if self.confirm is None:
            return True
        key = call.collect(context.prompts(self.confirm), CONFIRM).keys
        context.note("confirmed", key)
        return key == "1"
