"""Speaking with a caller where no prompt that fails may cost what they came for."""

from dataclasses import dataclass

from ivr_flows.context import Context
from ivr_flows.ports import Call, CallFailed, DigitRule, Digits, Prompt, SpeechFailed
from ivr_flows.sentences import Words

ONE_KEY = DigitRule(finish_on="")


@dataclass(frozen=True, slots=True)
class Line:
    """The call, in one language. What cannot be said is left out and noted."""

    call: Call
    context: Context
    language: str

    def words(self, *pieces: Words | str) -> list[Prompt]:
        """Prompts for sentences, and for words that are ready."""
        return [prompt for piece in pieces for prompt in self._piece(piece)]

    def say(self, *pieces: Words | str) -> None:
        """Until a key, which waits for the next question. Raises `CallEnded`, `SwitchLost`."""
        prompts = self.words(*pieces)
        self.noted(prompts)
        try:
            self.call.play(prompts)
        except CallFailed as failure:
            self.unsaid(failure)

    def ask(self, rule: DigitRule, *pieces: Words | str) -> Digits:
        """Nothing keyed where the question cannot be put. Raises `CallEnded`, `SwitchLost`."""
        prompts = self.words(*pieces)
        self.noted(prompts)
        try:
            digits = self.call.collect(prompts, rule)
        except CallFailed as failure:
            self.unsaid(failure)
            return Digits("", timed_out=True)
        self.context.note("keyed", digits.keys)
        return digits

    def hear(self, prompts: list[Prompt]) -> str:
        """The key that stopped them, which is taken. Raises `CallError`."""
        self.noted(prompts)
        return self.listen(prompts)

    def listen(self, prompts: list[Prompt]) -> str:
        """The same of prompts that are noted already."""
        for prompt in prompts:
            key = self.call.listen(prompt).key
            if key:
                self.context.note("keyed", key)
                return key
        return ""

    def noted(self, prompts: list[Prompt]) -> None:
        self.context.note("said", " ".join(prompt.text for prompt in prompts))

    def unsaid(self, failure: Exception) -> None:
        self.context.note("unsaid", failure)

    def _piece(self, piece: Words | str) -> list[Prompt]:
        try:
            if isinstance(piece, str):
                return self.context.speak(piece, self.language)
            return self.context.sentence(piece, self.language)
        except SpeechFailed as failure:
            self.unsaid(failure)
            return []
