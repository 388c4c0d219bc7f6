"""Sentences with gaps, as orders carry them; they become words only in the hearer's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr_flows.sentences import Words, spoken_language
from ivr_flows.speaking.filters import number, phone

MAX_SPOKEN = 500
"""Characters of a note or an announcement."""


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number, to be said digit by digit. Make it of `sayable` ones only."""

    text: str


_SAYABLE = re.compile(r"\+?[0-9]{2,15}\Z")


def sayable(number: str) -> bool:
    """What a caller shows may be anything."""
    return _SAYABLE.match(number) is not None


Fill = str | int | Number


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and what goes into its gaps."""

    words: Words
    fills: Mapping[str, Fill] = field(default_factory=dict)

    def text(self, language: str) -> str:
        language = spoken_language(language)
        fills = {name: _spoken(fill, language) for name, fill in self.fills.items()}
        return self.words[language].format_map(fills)


def say(words: Words, **fills: Fill) -> Said:
    return Said(words, fills)


def verbatim(text: str) -> Said:
    """Words of a person, in whatever language they are."""
    clean = " ".join(text[:MAX_SPOKEN].split())
    return Said(dict.fromkeys(("en", "zh", "yue"), "{text}"), {"text": clean})


def _spoken(fill: Fill, language: str) -> str:
    if isinstance(fill, Number):
        return phone(fill.text, language)
    if isinstance(fill, int):
        return number(fill, language)
    return str(fill)
