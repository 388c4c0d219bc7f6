"""Asking for the number at which the caller wants to be called back."""

import re

from ivr_flows.languages import WRONG_NUMBER
from ivr_flows.ports import DigitRule, Party
from ivr_flows.speaking import FILTERS
from voicemail.deposit.line import ONE_KEY, Line
from voicemail.deposit.message import OpenMessage
from voicemail.deposit.words import (
    KEY_NUMBER,
    NUMBER_NOTED,
    NUMBER_RIGHT,
    SAME_OR_OTHER,
    YOU_KEYED,
    YOUR_NUMBER,
)
from voicemail.sentences import Words

ATTEMPTS = 3
MOST_DIGITS = 15
"""ITU-T E.164, section 6.1."""
KEYED = re.compile(rf"[0-9]{{3,{MOST_DIGITS}}}", re.ASCII)
SHOWN = re.compile(rf"\+?[0-9]{{3,{MOST_DIGITS}}}", re.ASCII)
ENTRY = DigitRule(max_digits=2 * MOST_DIGITS, first_timeout=8.0, digit_timeout=4.0)
"""Longer than any number, so that it is the hash key that ends one that is too long."""


def shown_number(caller: Party) -> str:
    """The caller's number if people can be called at it, else empty."""
    usable = not caller.withheld and SHOWN.fullmatch(caller.number)
    return caller.number if usable else ""


def ask_number(line: Line, message: OpenMessage) -> None:
    """Offer the caller's own number, or take another. Raises `CallEnded`, `SwitchLost`."""
    shown = shown_number(line.call.caller)
    for _ in range(ATTEMPTS):
        keys = line.ask(ENTRY, *_question(line, shown)).keys
        if not keys:
            return
        if keys == "1" and shown:
            message.change_number(shown, confirmed=True)
            line.say(NUMBER_NOTED)
            return
        if not KEYED.fullmatch(keys):
            line.say(WRONG_NUMBER)
        elif _settled(line, message, keys):
            return


def _question(line: Line, shown: str) -> list[Words | str]:
    if shown:
        return [_spoken(YOUR_NUMBER, shown, line.language), SAME_OR_OTHER]
    return [KEY_NUMBER]


def _settled(line: Line, message: OpenMessage, number: str) -> bool:
    """Whether the number stays; it is noted before the caller has said that it is right."""
    message.change_number(number, confirmed=False)
    answer = line.ask(ONE_KEY, _spoken(YOU_KEYED, number, line.language), NUMBER_RIGHT).keys
    if answer == "2":
        message.change_number("", confirmed=False)
        return False
    if answer == "1":
        message.change_number(number, confirmed=True)
        line.say(NUMBER_NOTED)
    return True


def _spoken(sentence: Words, number: str, language: str) -> str:
    return sentence[language].format(number=FILTERS["phone"](number, language))
