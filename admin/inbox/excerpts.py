"""What was said, in a few words: from the beginning, or around what was searched for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from store.message_search import UNSPACED, words_of
from store.models import Correction, MessageNote, Transcript

LENGTH = 180
BEFORE = 60
LOOKED_AT = 20_000
"""Characters of a transcript in which hits are shown."""


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    is_hit: bool = False


def texts(message_ids: Sequence[str], characters: int) -> Mapping[str, str]:
    """The beginning of what was said in each, as it is known best."""
    found: dict[str, str] = {}
    for model, order in ((Transcript, Transcript.message), (Correction, Correction.id)):
        text = fn.SUBSTR(model.text, 1, characters)
        rows: Any = model.select(model.message, text).where(model.message.in_(message_ids))
        found.update(rows.order_by(order).tuples())
    return found


def noted(message_ids: Sequence[str]) -> Mapping[str, int]:
    """How many notes there are beside each message."""
    rows: Any = MessageNote.select(MessageNote.message, fn.COUNT(1))
    return dict(
        rows.where(MessageNote.message.in_(message_ids)).group_by(MessageNote.message).tuples()
    )


def excerpt(text: str, sought: Sequence[str]) -> Sequence[Part]:
    """With the hits apart, to be shown one after the other."""
    pattern = _pattern(sought)
    first = pattern.search(text) if pattern else None
    begin = max(0, first.start() - BEFORE) if first else 0
    shown = text[begin : begin + LENGTH]
    parts = [*_parts(shown, pattern)]
    before = [Part("… ")] if begin else []
    return [*before, *parts, *([Part(" …")] if begin + LENGTH < len(text) else [])]


def _parts(text: str, pattern: "re.Pattern[str] | None") -> Iterator[Part]:
    at = 0
    for hit in pattern.finditer(text) if pattern else ():
        if hit.start() > at:
            yield Part(text[at : hit.start()])
        yield Part(hit[0], is_hit=True)
        at = hit.end()
    if at < len(text):
        yield Part(text[at:])


def _pattern(sought: Sequence[str]) -> "re.Pattern[str] | None":
    """Whole words that begin so; runs of Chinese characters as they are."""
    each = "|".join(_one(run) for run in sorted(sought, key=len, reverse=True))
    return re.compile(each, re.IGNORECASE) if each else None


def _one(run: str) -> str:
    literal = re.escape(run)
    is_unspaced = len(list(words_of(run))) == len(run) and re.match(f"[{UNSPACED}]", run)
    return literal if is_unspaced else rf"(?<![^\W_]){literal}[^\W_]*"
