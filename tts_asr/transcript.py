"""What was heard in a recording: words with their times, and what is known about their worth."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

DOUBTFUL = 0.75
"""Words heard with less confidence are shown as doubtful.

With the model in `tests/speech_model`, wrong words have 0.77 on average and right ones 0.99; a
lower bound marks hardly any wrong word, a higher one marks right words of quiet callers.
"""

UNCLEAR = "…"
"""Stands for speech that is none of the words that the engine knows."""
UNSPACED = frozenset({"zh", "yue", "cmn", "ja", "th", "lo", "km", "my"})
"""Languages that are written without spaces between words."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word."""

    text: str
    start: float
    """Seconds from the beginning of the file."""
    end: float
    confidence: float | None
    """From 0 to 1; `None` where the engine gives none."""

    @property
    def is_doubtful(self) -> bool:
        return self.confidence is not None and self.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a machine heard; never changed by people, whose corrections are kept elsewhere."""

    words: tuple[Word, ...]
    text: str
    language: str
    engine: str
    model: str
    """The folder's name of a model, or what stands for it."""
    seconds: float
    """How much of the file was listened to."""
    spoken_seconds: float
    """How much of that held speech, as the voice-activity gate sees it."""
    note: str = ""
    """In plain words, what is limited; empty when nothing is."""

    @property
    def doubtful(self) -> tuple[Word, ...]:
        """Words to be checked by ear. Confidence alone does not prove the others."""
        return tuple(word for word in self.words if word.is_doubtful)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as JSON can hold it."""
        return asdict(self) | {"words": [asdict(word) for word in self.words]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Transcript":
        """From what `as_dict` gave. Raises `KeyError` or `TypeError` on anything else."""
        words = tuple(Word(**word) for word in data["words"])
        return cls(**{**data, "words": words})


def written(words: Iterable[Word], language: str) -> str:
    """The words as a text of the language."""
    is_unspaced = language.lower().replace("_", "-").partition("-")[0] in UNSPACED
    return ("" if is_unspaced else " ").join(word.text for word in words)
