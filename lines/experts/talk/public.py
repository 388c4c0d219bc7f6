"""A caller rings an expert line."""

from collections.abc import Mapping
from typing import Final

from ivr_flows.line import Line
from ivr_flows.sentences import Words
from lines.experts.ports import ExpertLines, Farewell, LineNow, SessionFacts
from lines.experts.talk.arrival import arrive, in_language
from lines.experts.talk.outside import say, tell_next, wants_to_ask
from lines.experts.talk.words import FULL, OVER, REMOVED

FAREWELLS: Final[Mapping[Farewell, tuple[str, Words]]] = {
    Farewell.CLOSED: ("done", OVER),
    Farewell.FULL: ("full", FULL),
    Farewell.REMOVED: ("removed", REMOVED),
}
"""The event, and what is said before."""


def welcome(line: Line, lines: ExpertLines, name: str, *, may_ask: bool) -> str:
    """The event. `may_ask`: whether questions are taken outside the hour.

    Raises `CallError`, `ExpertLineAway`, `StepFailed`.
    """
    now = lines.now(name)
    if now is None:
        return "unknown"
    if now.session is None:
        return "question" if wants_to_ask(line, now.next, may_ask=may_ask) else "closed"
    return _take_part(in_language(line, now.session), lines, now, now.session)


def _take_part(line: Line, lines: ExpertLines, now: LineNow, session: SessionFacts) -> str:
    line.context.note("session", session.id)
    farewell = arrive(line, lines, session)
    if farewell not in FAREWELLS:
        line.context.fail("the session was lost")
    event, words = FAREWELLS[farewell]
    coming = tell_next(line, now.next) if now.next and event != "removed" else []
    say(line, [*line.words(words), *coming])
    return event
