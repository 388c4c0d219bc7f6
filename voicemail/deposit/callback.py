"""Asking for the number at which the caller wants to be called back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ivr_flows.languages import WRONG_NUMBER
from ivr_flows.line import ONE_KEY, Line
from ivr_flows.ports import DigitRule
from ivr_flows.sentences import Words
from voicemail.deposit.message import OpenMessage
from voicemail.deposit.number_words import (
    KEY_NUMBER,
    NUMBER_NOTED,
    NUMBER_RIGHT,
    SAID_RIGHT,
    SAME_OR_OTHER,
    SAY_IT,
    YOU_KEYED,
    YOU_SAID,
    YOUR_NUMBER,
)
from voicemail.deposit.numbers import MOST_DIGITS, NUMBER, shown_number, spoken
from voicemail.deposit.saying import SAYINGS, Saying

ATTEMPTS = 3
ENTRY = DigitRule(max_digits=2 * MOST_DIGITS, first_timeout=8.0, digit_timeout=4.0)
"""Longer than any number, so that it is the hash key that ends one that is too long."""
STAR = "*"
ENTRY_OR_STAR = replace(ENTRY, finish_on=f"#{STAR}")
"""The star key at any moment leads to saying the number: what was keyed before it is void."""


def ask_number(line: Line, message: OpenMessage) -> None:
    """Offer the caller's own number, or take another. Raises `CallEnded`, `SwitchLost`."""
    can_say = message.mailroom.hears_numbers(line.language)
    asking = _Asking(
        line,
        message,
        shown_number(line.call.caller),
        Saying(line, message.mailroom, SAYINGS if can_say else 0),
    )
    for _ in range(ATTEMPTS):
        if asking.is_settled():
            return


@dataclass(frozen=True, slots=True)
class _Asking:
    line: Line
    message: OpenMessage
    shown: str
    saying: Saying

    def is_settled(self) -> bool:
        """Whether there is a number now, or the caller wants to leave none."""
        entry = self.line.ask(ENTRY_OR_STAR if self.saying.left else ENTRY, *self._question())
        if entry.finished_by == STAR:
            number = self.saying.number()
            return bool(number) and self._stays(number, YOU_SAID, SAID_RIGHT)
        if entry.keys == "1" and self.shown:
            self._note(self.shown)
            return True
        if not entry.keys:
            return True
        if NUMBER.fullmatch(entry.keys):
            return self._stays(entry.keys, YOU_KEYED, NUMBER_RIGHT)
        self.line.say(WRONG_NUMBER)
        return False

    def _question(self) -> Iterator[Words | str]:
        if self.shown:
            yield spoken(YOUR_NUMBER, self.shown, self.line.language)
            yield SAME_OR_OTHER
        else:
            yield KEY_NUMBER
        if self.saying.left:
            yield SAY_IT

    def _stays(self, number: str, taken: Words, question: Words) -> bool:
        """Whether it does; it is noted before the caller has said that it is right."""
        self.message.change_number(number, confirmed=False)
        words = spoken(taken, number, self.line.language)
        answer = self.line.ask(ONE_KEY, words, question).keys
        if answer == "2":
            self.message.change_number("", confirmed=False)
            return False
        if answer == "1":
            self._note(number)
        return True

    def _note(self, number: str) -> None:
        self.message.change_number(number, confirmed=True)
        self.line.say(NUMBER_NOTED)
