"""Asking for the number at which the caller can be reached."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from ivr_flows.languages import WRONG_NUMBER
from ivr_flows.line import ONE_KEY, Line
from ivr_flows.number_words import (
    KEY_NUMBER,
    NUMBER_NOTED,
    NUMBER_RIGHT,
    SAME_OR_OTHER,
    YOU_KEYED,
    YOUR_NUMBER,
)
from ivr_flows.phone_numbers import MOST_DIGITS, NUMBER, shown_number, spoken
from ivr_flows.ports import DigitRule
from ivr_flows.sentences import Words

ATTEMPTS = 3
ENTRY = DigitRule(max_digits=2 * MOST_DIGITS, first_timeout=8.0, digit_timeout=4.0)
"""Longer than any number, so that it is the hash key that ends one that is too long."""
STAR = "*"
ENTRY_OR_STAR = replace(ENTRY, finish_on=f"#{STAR}")
"""The star key at any moment leads to the other way: what was keyed before it is void."""


class OnNumber(Protocol):
    """Told the number as soon as it is keyed; an empty one takes it back."""

    def __call__(self, number: str, *, confirmed: bool) -> None:
        """`confirmed`: the caller has heard it and said that it is right."""


class OtherWay(Protocol):
    """How else a number can be given: said, for instance."""

    @property
    def offer(self) -> Words:
        """Tells of the star key."""

    @property
    def taken(self) -> Words:
        """Reads `{number}` back."""

    @property
    def question(self) -> Words:
        """Whether it is right: 1 or 2."""

    @property
    def is_open(self) -> bool:
        """Whether it may be tried (again)."""

    def number(self) -> str:
        """Empty if there is none in the end. Raises `CallEnded`, `SwitchLost`."""


def ask_number(line: Line, on_number: OnNumber, other: OtherWay | None = None) -> None:
    """Offer the caller's own number, or take another. Raises `CallEnded`, `SwitchLost`."""
    asking = _Asking(line, on_number, shown_number(line.call.caller), other)
    for _ in range(ATTEMPTS):
        if asking.is_settled():
            return


@dataclass(frozen=True, slots=True)
class _Asking:
    line: Line
    on_number: OnNumber
    shown: str
    other: OtherWay | None

    def is_settled(self) -> bool:
        """Whether there is a number now, or the caller wants to leave none."""
        other = self.other if self.other and self.other.is_open else None
        entry = self.line.ask(ENTRY_OR_STAR if other else ENTRY, *self._question(other))
        if other and entry.finished_by == STAR:
            number = other.number()
            return bool(number) and self._stays(number, other.taken, other.question)
        if entry.keys == "1" and self.shown:
            self._note(self.shown)
            return True
        if not entry.keys:
            return True
        if NUMBER.fullmatch(entry.keys):
            return self._stays(entry.keys, YOU_KEYED, NUMBER_RIGHT)
        self.line.say(WRONG_NUMBER)
        return False

    def _question(self, other: OtherWay | None) -> Iterator[Words | str]:
        if self.shown:
            yield spoken(YOUR_NUMBER, self.shown, self.line.language)
            yield SAME_OR_OTHER
        else:
            yield KEY_NUMBER
        if other:
            yield other.offer

    def _stays(self, number: str, taken: Words, question: Words) -> bool:
        """Whether it does; it is noted before the caller has said that it is right."""
        self.on_number(number, confirmed=False)
        words = spoken(taken, number, self.line.language)
        answer = self.line.ask(ONE_KEY, words, question).keys
        if answer == "2":
            self.on_number("", confirmed=False)
            return False
        if answer == "1":
            self._note(number)
        return True

    def _note(self, number: str) -> None:
        self.on_number(number, confirmed=True)
        self.line.say(NUMBER_NOTED)
