"""A caller who leaves a message as people do, and knows how far that was at a given moment."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.contract.phone import Phone
from tests.end_to_end.box import Box
from tests.kill.texts import Text
from tests.kill.tone import ToneEar

NUMBER = "700"
"""Leads to flows/leave.yaml."""
PATIENCE = 20.0
"""Seconds that a caller waits for what comes next."""
REVIEW = 2.5
"""Seconds of choices heard before the message is sent."""
LOOK = 0.02
REACTION = 0.2
"""Seconds from the tone to the first breath."""


class Stage(StrEnum):
    WAITING = "not called yet"
    CALLING = "calling"
    GREETING = "greeting"
    SPEAKING = "speaking"
    REVIEW = "review"
    SENT = "sent"
    OVER = "over"


class Heard(StrEnum):
    TONE = "tone"
    END = "end"
    NOTHING = "nothing"


@dataclass(slots=True)
class Said:
    """One text, spoken after one tone."""

    text: Text
    until: float = 0.0
    """Seconds of it that were sent."""
    at_kill: float = 0.0


class Caller:
    """Speaks one text after each tone that it hears, as long as there are any."""

    def __init__(self, box: Box, number: str, texts: Sequence[Text]) -> None:
        self.number = number
        self.stage = Stage.WAITING
        self.at_kill = Stage.WAITING
        self.said: list[Said] = []
        self._phone = Phone(number)
        self._ear = ToneEar(self._phone.line)
        self._box = box
        self._texts = list(texts)
        self._gives_up = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def give_up(self) -> None:
        """The line is dead: hang up."""
        self._gives_up.set()

    def wait_over(self) -> None:
        self._thread.join(3 * PATIENCE + 10 * len(self._texts))
        assert not self._thread.is_alive(), f"{self.number} does not hang up: {self.stage}"

    def close(self) -> None:
        self.give_up()
        if self._thread.ident is not None:
            self._thread.join()
        self._phone.close()

    def note_kill(self) -> None:
        """Now is the moment."""
        self._note_said()
        self.at_kill = self.stage
        for said in self.said:
            said.at_kill = said.until

    # Its thread.

    def _run(self) -> None:
        self.stage = Stage.CALLING
        self._phone.call(self._box.sip, NUMBER)
        if self._phone.answered.wait(PATIENCE):
            self.stage = Stage.GREETING
            self._leave_message()
        self.stage = Stage.OVER
        self._phone.hang_up()

    def _leave_message(self) -> None:
        heard = self._listen(PATIENCE)
        while heard is Heard.TONE and self._texts:
            self._speak(self._texts.pop(0))
            self.stage = Stage.REVIEW
            heard = self._listen(REVIEW)
            if heard is Heard.NOTHING:
                self._phone.press("1")
                self.stage = Stage.SENT
                heard = self._listen(PATIENCE)

    def _speak(self, text: Text) -> None:
        self._gives_up.wait(REACTION)
        self._phone.line.say(text.samples)
        self.said.append(Said(text))
        self.stage = Stage.SPEAKING
        for _ in self._moments(2 * text.seconds + PATIENCE):
            if not self._phone.line.unsaid():
                break
        self._note_said()
        self._phone.press("#")

    def _note_said(self) -> None:
        """How much of the last text is out."""
        if self.said and self.stage is Stage.SPEAKING:
            said = self.said[-1]  # after a breath, which counts for nothing
            sent = said.text.seconds - self._phone.line.unsaid()
            said.until = min(max(0.0, sent), said.text.seconds)

    def _listen(self, seconds: float) -> Heard:
        for _ in self._moments(seconds):
            if self._ear.hears_end():
                return Heard.TONE
        return Heard.END if self._is_over() else Heard.NOTHING

    def _moments(self, seconds: float) -> Iterator[None]:
        """One after the other, until the call is over or so many seconds have passed."""
        for _ in range(int(seconds / LOOK)):
            if self._is_over() or self._gives_up.wait(LOOK):
                return
            yield

    def _is_over(self) -> bool:
        return self._phone.ended.is_set() or self._gives_up.is_set()
