"""The recording of an answer. Only what the expert has sent is played to anybody."""

from pathlib import Path

from ivr_flows.line import ONE_KEY, Line
from ivr_flows.ports import CallEnded, CallFailed, Prompt, Recording, RecordRule
from lines.experts.ports import ExpertLineAway, ExpertLines, LateQuestion, LineFacts
from lines.experts.talk.staff_words import (
    ANSWERED_ALREADY,
    NOT_KEPT,
    REVIEW,
    SENT,
    SPEAK,
    TOO_SHORT,
)

RULE = RecordRule(max_seconds=600.0, silence_seconds=8.0)
"""Experts pause to think; ten minutes are more than anybody listens to on the phone."""
SHORTEST = 1.0
"""Seconds; less is a click."""
TAKES = 10
ASKED = 3
SEND, AGAIN, HEAR, GIVE_UP = "1", "2", "3", "*"


def record_answer(
    line: Line, lines: ExpertLines, facts: LineFacts, question: LateQuestion, expert: str
) -> bool:
    """Whether there is an answer now, be it another's. Raises `CallError`, `ExpertLineAway`."""
    try:
        path = lines.draft_answer(facts, question)
        take = _accepted(line, path) if path else None
    except CallFailed as failure:
        line.context.note("not recorded", failure)
        line.say(NOT_KEPT)
        return False
    if path is None:
        line.say(ANSWERED_ALREADY)
        return True
    if take is None:
        return False
    return _kept(line, lines, facts, question, take, expert)


def _kept(
    line: Line,
    lines: ExpertLines,
    facts: LineFacts,
    question: LateQuestion,
    take: Recording,
    expert: str,
) -> bool:
    try:
        lines.keep_answer(facts, question, take.path, take.seconds, expert)
    except ExpertLineAway as away:
        line.unsaid(away)
        line.say(NOT_KEPT)
        return False
    line.context.note("answered", question.message)
    line.say(SENT)
    return True


def _accepted(line: Line, path: Path) -> Recording | None:
    """The take that the expert sends; None when they give up. Each take replaces the last."""
    for _ in range(TAKES):
        take = _take(line, path)
        if take is None:
            line.say(TOO_SHORT)
            continue
        key = _reviewed(line, take)
        if key != AGAIN:
            return take if key == SEND else None
    return None


def _take(line: Line, path: Path) -> Recording | None:
    line.say(SPEAK)
    take = line.call.record(path, RULE)
    if take.finished_by == "hangup":
        raise CallEnded
    return take if take.seconds >= SHORTEST else None


def _reviewed(line: Line, take: Recording) -> str:
    """Of what is keyed wrong, or not at all, the question is put again."""
    asked = 0
    while asked < ASKED:
        key = line.ask(ONE_KEY, REVIEW).keys
        if key in (SEND, AGAIN, GIVE_UP):
            return key
        asked += 1
        if key == HEAR:
            asked = 0
            line.call.play([Prompt(take.path, "[answer]", take.seconds)])
    return GIVE_UP
