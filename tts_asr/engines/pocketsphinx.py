"""PocketSphinx: the fallback where no model is installed. English digits, yes and no; nothing else.

Its own English model comes with the package. Free speech over a telephone it hears so badly (40 to
85 % of words wrong) that it is not asked for it. It runs in a process of its own
(`pocketsphinx_child.py`), as it keeps Python's lock while it works.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tts_asr.engines.child import ChildFailed, ask_child
from tts_asr.errors import TranscriptionFailed, TranscriptionLate
from tts_asr.sound import Samples
from tts_asr.transcriber import Transcriber
from tts_asr.transcript import UNCLEAR, Word

CHILD = Path(__file__).with_name("pocketsphinx_child.py")
LIMITATION = "only digits, yes and no could be heard, and other words may have been taken for them"
LONGEST_ANSWER = 8.0
"""Seconds; ten digits said slowly take six. It takes every word for one that it knows, and nothing
that it tells of its certainty gives that away: a longer piece is free speech, and left unclear."""


class PocketSphinx(Transcriber):
    """Its confidences are those of whole utterances, and small: every word is doubtful."""

    engine = "pocketsphinx"
    model = "en-us"
    language = "en"
    rate = 16_000

    def __init__(self, why: str, child: Path = CHILD) -> None:
        """`why` nothing better is used, in plain words for the transcript's note."""
        self.limitation = f"{why}: {LIMITATION}"
        self._child = child

    def _hear(self, samples: Samples, limit_seconds: float) -> Sequence[Word]:
        seconds = len(samples) / self.rate
        if seconds > LONGEST_ANSWER:
            return [Word(UNCLEAR, 0.0, seconds, 0.0)]
        pcm = np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        try:
            answer = ask_child(self._child, pcm, limit_seconds)
            return [Word(*heard) for heard in json.loads(answer)]
        except TimeoutError as error:
            raise TranscriptionLate(self.engine, limit_seconds) from error
        except (ChildFailed, ValueError, TypeError) as error:
            raise TranscriptionFailed(self.engine, str(error)) from error
