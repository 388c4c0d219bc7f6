"""Speaking to the person on the line, and taking keys; every word can be interrupted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from ivr_flows.context import Context
from ivr_flows.languages import WRONG_KEY
from ivr_flows.ports import Call, DigitRule, Prompt, SpeechFailed
from ivr_flows.sentences import Words

Said = Words | str
"""A sentence in every language, or ready words in the line's own."""

BACK = "*"
ANSWER_SECONDS = 6.0
"""Silence allowed after a question."""
ENTRY = DigitRule(max_digits=32, finish_on="#*", first_timeout=8.0, digit_timeout=4.0)
"""Longer than any number or PIN, so that the hash key always ends the entry."""
ASKED = 3
"""How often a question is put to somebody who keys nothing, or a wrong key."""
MAX_SECONDS = 4 * 3600.0
"""Of one visit: the engine looks at its own limit between steps only, and this is one step."""


@dataclass(slots=True)
class Line:
    """A call, and the language spoken on it. Keys never reach the trace: one may be a PIN."""

    call: Call
    context: Context
    language: str
    began: datetime

    def text(self, words: Words, **values: str) -> str:
        return words[self.language].format(**values) if values else words[self.language]

    def prompts(self, *parts: Said) -> list[Prompt]:
        """What no engine can say is left out: the messages can be heard all the same."""
        return [prompt for part in parts for prompt in self._part(part)]

    def say(self, *parts: Said) -> None:
        """A key stops it, and waits for the next question."""
        self.call.play(self.prompts(*parts))

    def key(self, *parts: Said, seconds: float = ANSWER_SECONDS) -> str:
        """One key; empty after `seconds` of silence."""
        self.check_time()
        rule = DigitRule(finish_on="", first_timeout=seconds)
        return self.call.collect(self.prompts(*parts), rule).keys

    def choose(self, keys: Collection[str], *question: Said) -> str:
        """One of `keys`; empty when none was pressed however often it was asked."""
        hint: tuple[Said, ...] = ()
        for _ in range(ASKED):
            key = self.key(*hint, *question)
            if key and key in keys:
                return key
            hint = (WRONG_KEY,) if key else ()
        return ""

    def entry(self, *question: Said) -> str:
        """Digits up to the hash key; empty for none, and for the star, which takes them back."""
        self.check_time()
        digits = self.call.collect(self.prompts(*question), ENTRY)
        return "" if digits.finished_by == BACK else digits.keys

    def check_time(self) -> None:
        """Raises `StepFailed` where somebody, or a machine, never comes to an end."""
        if self.context.seconds_since(self.began) > MAX_SECONDS:
            self.context.fail("the mailbox was listened to for too many hours")

    def _part(self, part: Said) -> list[Prompt]:
        text = part if isinstance(part, str) else self.text(part)
        try:
            return self.context.speak(text, self.language)
        except SpeechFailed as failure:
            self.context.note("unsaid", failure)
            return []
