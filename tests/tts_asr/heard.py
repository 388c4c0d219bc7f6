"""The test model, its three messages, and how well something was heard."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tts_asr.engines.vosk import Vosk
from tts_asr.transcriber import Transcriber

FOLDER = Path(__file__).parent.parent / "speech_model"
MODEL = FOLDER / "model"
MODEL_RATE = 8_000


class Message(NamedTuple):
    """A recording, and every word that the test model hears in it."""

    path: Path
    heard: str


def messages() -> list[Message]:
    told = json.loads((FOLDER / "messages.json").read_text())
    return [Message(FOLDER / message["file"], message["heard"]) for message in told]


def vosk() -> Vosk:
    return Vosk(MODEL, "en", MODEL_RATE)


def word_errors(said: str, heard: str) -> int:
    """Words missing, added or wrong: the edit distance."""
    before = list(range(len(heard.split()) + 1))
    for row, wanted in enumerate(said.split(), 1):
        current = [row]
        for column, found in enumerate(heard.split(), 1):
            changed = before[column - 1] + (wanted != found)
            current.append(min(before[column] + 1, current[-1] + 1, changed))
        before = current
    return before[-1]


def times_real_time(transcriber: Transcriber, paths: Iterable[Path]) -> float:
    """Seconds of recordings transcribed in each second, in this process, gate and all."""
    began = time.perf_counter()
    seconds = sum(transcriber.transcribe(path).seconds for path in paths)
    return seconds / (time.perf_counter() - began)
