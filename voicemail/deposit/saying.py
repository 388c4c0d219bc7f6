"""A number that the caller says, and that the box tries to hear."""

from dataclasses import dataclass
from typing import ClassVar

from ivr_flows.line import Line
from ivr_flows.phone_numbers import NUMBER
from ivr_flows.ports import CallEnded, CallFailed, RecordRule
from ivr_flows.sentences import Words
from voicemail.deposit.number_words import (
    DIGIT_BY_DIGIT,
    NOT_MADE_OUT,
    ONE_MOMENT,
    SAID_RIGHT,
    SAY_IT,
    YOU_SAID,
)
from voicemail.ports import Mailroom

SAYINGS = 2
"""How often; what is heard twice as another number is better keyed."""
RULE = RecordRule(max_seconds=20.0, silence_seconds=2.0)
"""Fifteen digits said slowly take as long; people pause between groups for less than silence."""


@dataclass(slots=True)
class Saying:
    """The recordings of it are no part of the message."""

    line: Line
    mailroom: Mailroom
    left: int
    """How often the caller may still try; 0 where nobody would hear it."""
    offer: ClassVar[Words] = SAY_IT
    taken: ClassVar[Words] = YOU_SAID
    question: ClassVar[Words] = SAID_RIGHT

    @property
    def is_open(self) -> bool:
        return self.left > 0

    def number(self) -> str:
        """The digits heard, empty if none are in the end. Raises `CallEnded`, `SwitchLost`."""
        while self.left:
            self.left -= 1
            number = self._heard()
            if NUMBER.fullmatch(number):
                return number
            self.line.say(NOT_MADE_OUT)
        return ""

    def _heard(self) -> str:
        self.line.say(DIGIT_BY_DIGIT)
        path = self.mailroom.scratch(self.line.call.id)
        try:
            recording = self.line.call.record(path, RULE)
        except CallFailed as failure:
            self.line.context.note("not recorded", failure)
            return self._give_up()
        if recording.finished_by == "hangup":
            raise CallEnded
        self._one_moment()
        heard = self.mailroom.number_said(path, self.line.language)
        self.line.context.note("number heard", heard)
        return self._give_up() if heard is None else heard

    def _one_moment(self) -> None:
        """A hash key that comes later than the silence is taken here, and answers no question."""
        try:
            self.line.hear(self.line.words(ONE_MOMENT))
        except CallFailed as failure:
            self.line.unsaid(failure)

    def _give_up(self) -> str:
        self.left = 0
        return ""
