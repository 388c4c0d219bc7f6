"""Who is rung for a caller, and what everybody hears meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ivr_flows.context import Context
from ivr_flows.ports import Party, Prompt, Reach, SpeechFailed, Target
from ivr_flows.sentences import Words
from ivr_flows.speaking import FILTERS, SpeakingError
from ivr_flows.text import Text

CALL: Final[Words] = {
    "en": "A call for {paper}.",
    "zh": "有打给{paper}的电话。",
    "yue": "有打畀{paper}嘅電話。",
}
CALL_FROM: Final[Words] = {
    "en": "A call for {paper} from {number}.",
    "zh": "有打给{paper}的电话，来自{number}。",
    "yue": "有打畀{paper}嘅電話，嚟自{number}。",
}
PRESS: Final[Words] = {
    "en": "Press 1 to take it.",
    "zh": "接听请按1。",
    "yue": "接聽請撳1。",
}
LONGEST_NUMBER: Final = 20
"""Digits of a caller's number that are said; E.164 has 15 at most."""


def together(reaches: Sequence[Reach]) -> Reach:
    """Everybody as one, in the language of the first."""
    targets = [target for reach in reaches for target in reach.targets]
    refused = "; ".join(reach.refused for reach in reaches if reach.refused)
    language = next((reach.language for reach in reaches if reach.targets), "")
    return Reach(targets, refused, at_once=True, language=language)


def unasked(target: Target) -> Target:
    """Without the question, whatever trunk it is reached by."""
    instead = unasked(target.instead) if target.instead else None
    return replace(target, confirm=False, instead=instead)


def music(name: str | None, context: Context) -> Prompt | None:
    """The paper's recording; None for what is usual, and where it is missing."""
    try:
        return context.ports.speech.recording(name, context.language) if name else None
    except SpeechFailed as failure:
        context.note("unsaid", failure)
        return None


def whispered(text: Text | None, context: Context, language: str) -> list[Prompt]:
    """The flow's own words about the caller. Raises `TextFailed`."""
    try:
        return context.voiced(text, language)
    except SpeechFailed as failure:
        return _unsaid(context, failure)


def question(text: Text | None, context: Context, language: str) -> list[Prompt]:
    """The flow's question, or the usual one. Without speech it is a beep. Raises `TextFailed`."""
    try:
        return context.voiced(text, language) if text else _usual(context, language)
    except SpeechFailed as failure:
        return _unsaid(context, failure)


def _usual(context: Context, language: str) -> list[Prompt]:
    known = language if language in PRESS else "en"
    paper = str(context.ports.facts.get("paper", {}).get("name", ""))
    number = _spoken(context.session.call.caller, known)
    words = CALL_FROM if number else CALL
    told = words[known].format(paper=paper, number=number)
    return [*context.speak(told, known), *context.sentence(PRESS, known)]


def _spoken(caller: Party, language: str) -> str:
    """A caller's number in words; empty where it is withheld, or is none."""
    if caller.withheld or len(caller.number) > LONGEST_NUMBER:
        return ""
    try:
        return FILTERS["phone"](caller.number, language)
    except SpeakingError:
        return ""


def _unsaid(context: Context, failure: SpeechFailed) -> list[Prompt]:
    context.note("unsaid", failure)
    return []
