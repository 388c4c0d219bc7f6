"""What callers say: the recordings of the test model, from the first word to the end of a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import soundfile

from tests.listening import RATE, Samples
from tests.tts_asr.heard import messages, vosk
from tts_asr.transcript import Word

BEFORE = 0.1
"""Seconds left before the first word and after the last."""
LONG, SHORT = 5.6, 3.6
"""Seconds at most."""


@dataclass(frozen=True, slots=True)
class Text:
    name: str
    samples: Samples
    words: Sequence[Word]
    """With their times in `samples`, as the test model hears them."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE

    def words_until(self, seconds: float) -> list[str]:
        """Those that are over by then."""
        return [word.text for word in self.words if word.end <= seconds]


@cache
def texts(longest: float = LONG) -> Sequence[Text]:
    """Each unlike the others, in seconds not longer than `longest`."""
    hears = vosk()
    made = []
    for message in messages():
        samples, _ = soundfile.read(message.path)
        words = hears.transcribe(message.path).words
        made.append(_cut(message.path.stem, samples, words, longest))
    return made


def _cut(name: str, samples: Samples, words: Sequence[Word], longest: float) -> Text:
    start = words[0].start - BEFORE
    spoken = [
        Word(word.text, word.start - start, word.end - start, word.confidence)
        for word in words
        if word.end - start + BEFORE <= longest
    ]
    end = start + spoken[-1].end + BEFORE
    return Text(name, samples[int(start * RATE) : int(end * RATE)], spoken)
