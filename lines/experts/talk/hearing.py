"""Who asked a question outside the hour is called back, and hears the answer."""

from ivr_flows.line import ONE_KEY, Line
from ivr_flows.ports import CallFailed, Prompt
from lines.experts.ports import Answer, ExpertLines
from lines.experts.talk.staff_words import ANSWER_GONE, HEAR_AGAIN, THE_ANSWER, YOU_ASKED

HEARINGS = 5
"""How often somebody may hear it in one call."""
LONGEST_QUESTION = 45.0
"""Seconds; who spoke for longer knows well enough what they have asked."""
AGAIN = "2"


def hear_answer(line: Line, lines: ExpertLines, name: str) -> str:
    """The event. Raises `CallError`, `ExpertLineAway`; then it was not heard to its end."""
    found = lines.answers(name)
    for answer in found:
        _hear(line, lines, answer)
    if not found:
        line.say(ANSWER_GONE)
    return "done" if found else "gone"


def _hear(line: Line, lines: ExpertLines, answer: Answer) -> None:
    line.context.note("answer", answer.id)
    line.say(YOU_ASKED)
    _question(line, answer)
    line.say(THE_ANSWER)
    for _ in range(HEARINGS):
        line.call.play([Prompt(answer.path, "[answer]", answer.seconds)], barge_in=False)
        lines.answer_heard(answer.id)
        if line.ask(ONE_KEY, HEAR_AGAIN).keys != AGAIN:
            return


def _question(line: Line, found: Answer) -> None:
    """A key skips it; that it cannot be played is not worth the answer."""
    if not 0 < found.question_seconds <= LONGEST_QUESTION:
        return
    try:
        line.hear([Prompt(found.question, "[question]", found.question_seconds)])
    except CallFailed as failure:
        line.unsaid(failure)
