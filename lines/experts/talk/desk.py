"""Hosts, screeners and experts: into their session, or to the questions that came late."""

from ivr_flows.line import Line
from lines.experts.agendas import EARLY, HELD
from lines.experts.ports import (
    ExpertLines,
    Farewell,
    LineFacts,
    Seat,
    SessionFacts,
    SessionState,
)
from lines.experts.talk.hall import sit, visiting
from lines.experts.talk.late import hear_questions
from lines.experts.talk.outside import say, tell_next
from lines.experts.talk.signing import sign_in
from lines.experts.talk.staff_words import IS_OVER
from lines.experts.talk.words import GOODBYE


def attend(line: Line, lines: ExpertLines, name: str, attempts: int) -> str:
    """By PIN; the event. Raises `CallError`, `ExpertLineAway`, `StepFailed`."""
    now = lines.now(name)
    facts = now.line if now else LineFacts(0, name)
    signed = sign_in(line, lines, facts, attempts)
    if signed is None or signed.seat is None:
        return "refused"
    session = signed.session
    if session is not None and _is_near(line, session):
        return _take_part(line, lines, session, signed.seat)
    if signed.seat is Seat.EXPERT:
        hear_questions(line, lines, facts, session.expert if session else "")
    coming = now.next if now else None
    say(line, [*tell_next(line, coming), *line.words(GOODBYE)])
    return "done" if signed.seat is Seat.EXPERT else "closed"


def join(line: Line, lines: ExpertLines, number: str, seat: Seat) -> str:
    """Take part in the session of that number at once; the event."""
    session = lines.session(int(number)) if number.isascii() and number.isdigit() else None
    return "unknown" if session is None else _take_part(line, lines, session, seat)


def _is_near(line: Line, session: SessionFacts) -> bool:
    if session.state in HELD:
        return True
    is_coming = session.state is SessionState.SCHEDULED
    now = line.context.now()
    return is_coming and session.starts_at - EARLY <= now < session.ends_at


def _take_part(line: Line, lines: ExpertLines, session: SessionFacts, seat: Seat) -> str:
    line.context.note("session", session.id)
    call = line.call
    with visiting(lines.enter(session.id, seat, call.id, call.caller, line.language)) as visit:
        farewell = sit(line, visit, session.line)
    if farewell is Farewell.REMOVED:
        return "removed"
    line.say(IS_OVER)
    return "done"
