"""Texts of a session, in the session's own language, whatever language the caller speaks."""

from ivr_flows.line import Line
from ivr_flows.ports import Prompt, SpeechFailed
from ivr_flows.sentences import spoken_language
from lines.experts.ports import SessionFacts


def own(line: Line, session: SessionFacts, text: str) -> list[Prompt]:
    """What cannot be said is left out and noted."""
    try:
        return line.context.speak(text, spoken_language(*session.languages[:1]))
    except SpeechFailed as failure:
        line.unsaid(failure)
        return []


def about(session: SessionFacts) -> str:
    """What callers are told that it is about."""
    return session.topic or session.line.title
