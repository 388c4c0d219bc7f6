"""An expert hears the questions that came outside the hour, and answers them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ivr_flows.languages import WRONG_KEY
from ivr_flows.line import ONE_KEY, Line
from ivr_flows.ports import CallFailed, Prompt
from ivr_flows.sentences import Words
from ivr_flows.speaking import FILTERS
from lines.experts.ports import ExpertLines, LateQuestion, LineFacts
from lines.experts.talk.answering import record_answer
from lines.experts.talk.staff_words import (
    CHOICES,
    CHOICES_NO_ANSWER,
    DROPPED,
    LAST,
    LATER,
    NO_QUESTIONS,
    QUESTION,
    UNPLAYABLE,
    WAITING,
)

ASKED = 3
"""How often it is asked what shall become of a question; then it waits for the next call."""
ROUNDS = 20
"""Keys for one question; then it waits too."""


def hear_questions(line: Line, lines: ExpertLines, facts: LineFacts, expert: str) -> None:
    """One after the other, the oldest first. Raises `CallError`, `ExpertLineAway`."""
    questions = lines.late_questions(facts)
    if not questions:
        line.say(NO_QUESTIONS)
        return
    line.say(_counted(WAITING, len(questions), line.language))
    for number, question in enumerate(questions, 1):
        line.say(_counted(QUESTION, number, line.language))
        _Hearing(line, lines, facts, question, expert).run()
    line.say(LAST)


def _counted(words: Words, number: int, language: str) -> str:
    return words[language].format(number=FILTERS["number"](number, language))


@dataclass(frozen=True, slots=True)
class _Hearing:
    line: Line
    lines: ExpertLines
    facts: LineFacts
    question: LateQuestion
    expert: str

    def run(self) -> None:
        key = self._play()
        for _ in range(ROUNDS):
            key = key or self._choice()
            settled, key = KEYS.get(key, _Hearing._wrong)(self)
            if settled:
                return

    def _choice(self) -> str:
        """Empty when none was keyed however often it was asked."""
        words = CHOICES_NO_ANSWER if self.question.refused else CHOICES
        for _ in range(ASKED):
            if key := self.line.ask(ONE_KEY, words).keys:
                return key
        return ""

    def _play(self) -> str:
        """The key that stopped it, which is taken."""
        found = Prompt(self.question.path, f"[{self.question.message}]", self.question.seconds)
        try:
            return self.line.hear([found])
        except CallFailed as failure:
            self.line.unsaid(failure)
            self.line.say(UNPLAYABLE)
            return ""

    # Each tells whether the question is settled, and the next key where it was pressed already.

    def _answer(self) -> tuple[bool, str]:
        if self.question.refused:
            return False, ""
        return record_answer(self.line, self.lines, self.facts, self.question, self.expert), ""

    def _again(self) -> tuple[bool, str]:
        return False, self._play()

    def _later(self) -> tuple[bool, str]:
        self.line.say(LATER)
        return True, ""

    def _drop(self) -> tuple[bool, str]:
        self.lines.drop_question(self.facts, self.question)
        self.line.say(DROPPED)
        return True, ""

    def _wrong(self) -> tuple[bool, str]:
        self.line.say(WRONG_KEY)
        return False, ""


KEYS: Final[Mapping[str, Callable[[_Hearing], tuple[bool, str]]]] = {
    "": _Hearing._later,
    "1": _Hearing._answer,
    "2": _Hearing._again,
    "3": _Hearing._later,
    "4": _Hearing._drop,
}
