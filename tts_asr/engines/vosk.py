"""Vosk: neural recognition on this machine, with the models that the paper installed.

Only for models that `tts_asr.models` found good: Vosk may end the whole process on a bad one.
It hangs or crashes beside other wrappers of Kaldi (kaldifst), so none may be loaded here.
"""

import json
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tts_asr.errors import TranscriptionFailed, TranscriptionLate
from tts_asr.sound import Samples
from tts_asr.transcriber import Transcriber
from tts_asr.transcript import UNCLEAR, Word

CHUNK_SECONDS = 0.5
"""Vosk looks for the ends of utterances between the chunks that it is given."""
UNKNOWN_WORDS = frozenset({"[unk]", "<unk>", "<UNK>"})
LOADED_MODELS = 2
"""Kept in memory; large ones take gigabytes."""
SILENT = -1


class Vosk(Transcriber):
    """`folder` holds a model that was found good, made for `rate`."""

    engine = "vosk"

    def __init__(self, folder: Path, language: str, rate: int) -> None:
        self.folder = folder
        self.model = folder.name
        self.language = language
        self.rate = rate

    def _hear(self, samples: Samples, limit_seconds: float) -> Sequence[Word]:
        deadline = time.monotonic() + limit_seconds
        words: list[Word] = []
        for result in self._results(samples):
            words += map(_word, json.loads(result).get("result", ()))
            if time.monotonic() > deadline:
                raise TranscriptionLate(self.engine, limit_seconds)
        return _without_repeats(words)

    def _results(self, samples: Samples) -> Iterator[str]:
        """What Vosk says after each chunk: JSON, mostly empty. Raises `TranscriptionFailed`."""
        from vosk import KaldiRecognizer  # loads its library: only where words are wanted

        pcm = np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2")
        step = int(self.rate * CHUNK_SECONDS)
        # A new one each time: Reset() leaves features of the speech before.
        recognizer = KaldiRecognizer(self._loaded(), self.rate)
        recognizer.SetWords(True)
        for at in range(0, len(pcm), step):
            try:
                ended = recognizer.AcceptWaveform(pcm[at : at + step].tobytes())
            except Exception as error:  # Vosk raises nothing more exact
                raise TranscriptionFailed(self.engine, str(error)) from error
            yield recognizer.Result() if ended else "{}"
        yield recognizer.FinalResult()

    def _loaded(self) -> Any:
        try:
            return _load(str(self.folder))
        except Exception as error:  # Vosk raises nothing more exact
            raise TranscriptionFailed(self.engine, f"{error} from {self.folder}") from error


@lru_cache(LOADED_MODELS)
def _load(folder: str) -> Any:
    import vosk

    vosk.SetLogLevel(SILENT)
    # Without a path it searches the disk, downloads, and may exit.
    return vosk.Model(folder)


def _word(heard: dict[str, Any]) -> Word:
    is_known = heard["word"] not in UNKNOWN_WORDS
    text = heard["word"] if is_known else UNCLEAR
    confidence = min(1.0, float(heard["conf"])) if is_known else 0.0
    return Word(text, float(heard["start"]), float(heard["end"]), confidence)


def _without_repeats(words: Sequence[Word]) -> list[Word]:
    """One mark for several unclear words in a row."""
    return [
        word
        for index, word in enumerate(words)
        if word.text != UNCLEAR or not index or words[index - 1].text != UNCLEAR
    ]
