"""The choices after a message is recorded. Who chooses nothing, or hangs up, sends it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ivr_flows.languages import WRONG_KEY
from ivr_flows.line import ONE_KEY, Line
from ivr_flows.ports import CallFailed, Prompt
from ivr_flows.sentences import Words
from voicemail.deposit.callback import ask_number
from voicemail.deposit.message import OpenMessage
from voicemail.deposit.taking import take_again
from voicemail.deposit.words import (
    AGAIN,
    HEAR,
    LEAVE_NUMBER,
    MARK,
    MARKED,
    SEND,
    UNMARK,
    UNMARKED,
)

ROUNDS = 20
"""Choices of one caller; then the message is sent as it is."""
SENDS = ("", "1", "#")


@dataclass(frozen=True, slots=True)
class Review:
    line: Line
    message: OpenMessage
    longest: float
    """Seconds that a new attempt may last."""

    def run(self) -> None:
        """Raises `CallEnded`, `SwitchLost`."""
        key = ""
        for _ in range(ROUNDS):
            key = key or self.line.ask(ONE_KEY, *self._choices()).keys
            if key in SENDS:
                return
            key = CHOICES.get(key, Review._wrong)(self)

    def _choices(self) -> Iterator[Words]:
        urgency = UNMARK if self.message.note.urgent else MARK
        yield from (SEND, HEAR, AGAIN, urgency, LEAVE_NUMBER)

    # Each returns the next choice where the caller has made it already.

    def _hear(self) -> str:
        if self.message.best is None:
            return ""
        try:
            return self.line.hear(
                [Prompt(self.message.best.path, "[message]", self.message.best.seconds)]
            )
        except CallFailed as failure:
            self.line.unsaid(failure)
            return ""

    def _again(self) -> str:
        take_again(self.line, self.message, self.longest)
        return ""

    def _urgency(self) -> str:
        note = self.message.note
        self.message.change(replace(note, urgent=not note.urgent))
        self.line.say(UNMARKED if note.urgent else MARKED)
        return ""

    def _number(self) -> str:
        ask_number(self.line, self.message)
        return ""

    def _wrong(self) -> str:
        self.line.say(WRONG_KEY)
        return ""


CHOICES: Mapping[str, Callable[[Review], str]] = {
    "2": Review._hear,
    "3": Review._again,
    "4": Review._urgency,
    "5": Review._number,
}
