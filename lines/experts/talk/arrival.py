"""A caller comes to a session: language, introduction, consent, number; then the hall."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ivr_flows.languages import LANGUAGES
from ivr_flows.line import ONE_KEY, Line
from ivr_flows.number_asking import ask_number
from ivr_flows.phone_numbers import shown_number
from ivr_flows.ports import CallFailed, Prompt, SpeechFailed
from lines.experts.ports import ExpertLines, Farewell, Place, Seat, SessionFacts, Visit
from lines.experts.talk.hall import sit, visiting
from lines.experts.talk.own_words import about, own
from lines.experts.talk.words import CHOOSE, CONSENT, GUEST, HOW, REACH_YOU, TOPIC, WELCOME

ASKED = 2
"""How often the language is asked for; then it is the one that the call has, or the first."""


@dataclass(slots=True)
class Contact:
    """The number that a caller gave; the last one counts."""

    number: str = ""

    def take(self, number: str, *, confirmed: bool) -> None:
        self.number = number


def arrive(line: Line, lines: ExpertLines, session: SessionFacts) -> Farewell:
    """Until the session has no place for the caller. Raises `CallError`, `ExpertLineAway`."""
    call = line.call
    with visiting(
        lines.enter(session.id, Seat.CALLER, call.id, call.caller, line.language)
    ) as visit:
        first = visit.place()
        if not isinstance(first, Place):  # full: nobody listens to an introduction for that
            return first
        introduce(line, session)
        _contact(line, visit)
        line.say(HOW)
        return sit(line, visit, session.line)


def in_language(line: Line, session: SessionFacts) -> Line:
    """The line in the language that the caller chooses from the session's."""
    offered = [one for one in session.languages if one in LANGUAGES]
    if len(offered) < 2:
        return line
    usual = line.language if line.language in offered else offered[0]
    chosen = _choice(line, offered) or usual
    line.context.set_language(chosen)
    return replace(line, language=chosen)


def introduce(line: Line, session: SessionFacts) -> None:
    """A key skips the introduction, but not what everybody must have heard."""
    _play(line, list(_introduction(line, session)))
    if session.record:
        _play(line, _consent(line, session), barge_in=False)


def _introduction(line: Line, session: SessionFacts) -> Iterator[Prompt]:
    if session.introduction:
        yield from own(line, session, session.introduction)
        return
    yield from line.words(WELCOME, TOPIC)
    yield from own(line, session, about(session))
    if session.expert:
        yield from line.words(GUEST)
        yield from own(line, session, session.expert)


def _consent(line: Line, session: SessionFacts) -> list[Prompt]:
    given = own(line, session, session.consent) if session.consent else []
    return given or line.words(CONSENT)


def _play(line: Line, prompts: list[Prompt], *, barge_in: bool = True) -> None:
    line.noted(prompts)
    try:
        line.call.play(prompts, barge_in=barge_in)
    except CallFailed as failure:
        line.unsaid(failure)


def _contact(line: Line, visit: Visit) -> None:
    """Who shows no number is asked for one, so that the paper can come back to them."""
    if shown_number(line.call.caller):
        return
    line.say(REACH_YOU)
    contact = Contact()
    ask_number(line, contact.take)
    if contact.number:
        visit.contact(contact.number)


def _choice(line: Line, offered: list[str]) -> str:
    keys = {str(number): language for number, language in enumerate(offered, 1)}
    question = [prompt for key, language in keys.items() for prompt in _offer(line, language, key)]
    for _ in range(ASKED):
        chosen = keys.get(_key(line, question))
        if chosen:
            return chosen
    return ""


def _offer(line: Line, language: str, key: str) -> list[Prompt]:
    try:
        return line.context.speak(CHOOSE[language].format(key=key), language)
    except SpeechFailed as failure:
        line.unsaid(failure)
        return []


def _key(line: Line, question: list[Prompt]) -> str:
    line.noted(question)
    try:
        return line.call.collect(question, ONE_KEY).keys
    except CallFailed as failure:
        line.unsaid(failure)
        return ""
