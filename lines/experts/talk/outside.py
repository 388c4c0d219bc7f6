"""What callers of a line hear while it has no session."""

from collections.abc import Iterator

from ivr_flows.line import ONE_KEY, Line
from ivr_flows.ports import Prompt
from lines.experts.ports import SessionFacts
from lines.experts.talk.moments import told
from lines.experts.talk.own_words import about, own
from lines.experts.talk.words import GOODBYE, LEAVE, NONE_PLANNED, NOT_NOW, TOPIC

ASKED = 2


def tell_next(line: Line, coming: SessionFacts | None) -> list[Prompt]:
    """When the next session is, and its topic."""
    if coming is None:
        return line.words(NONE_PLANNED)
    return [
        *line.words(told(coming.starts_at, line.context.now(), line.language), TOPIC),
        *own(line, coming, about(coming)),
    ]


def wants_to_ask(line: Line, coming: SessionFacts | None, *, may_ask: bool) -> bool:
    """Whether the caller leaves a question. Raises `CallError`."""
    told_next = [*line.words(NOT_NOW), *tell_next(line, coming)]
    if not may_ask:
        say(line, [*told_next, *line.words(GOODBYE)])
        return False
    for question in _questions(line, told_next):
        line.noted(question)
        if line.call.collect(question, ONE_KEY).keys == "1":
            return True
    line.say(GOODBYE)
    return False


def say(line: Line, prompts: list[Prompt]) -> None:
    line.noted(prompts)
    line.call.play(prompts)


def _questions(line: Line, told_next: list[Prompt]) -> Iterator[list[Prompt]]:
    """All of it once; then the choice alone."""
    yield [*told_next, *line.words(LEAVE)]
    for _ in range(ASKED - 1):
        yield line.words(LEAVE)
