"""What pieces need of speech and sound, by `tts_asr`."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from lines.pieces.errors import SoundFailed
from lines.pieces.sounds import Heard, PieceSounds
from tts_asr.cutting import cut
from tts_asr.encode import small_audio
from tts_asr.errors import SpeechError
from tts_asr.repair import repair
from tts_asr.sound_facts import facts, survey
from tts_asr.transcribers import transcriber_for


class Sounds:
    def __init__(self, models: Path) -> None:
        """`models` is the folder of the speech models."""
        self._models = models

    def mend(self, path: Path) -> None:
        with _told():
            repair(path)

    def seconds(self, path: Path) -> float:
        found = facts(path)
        return found.seconds if found.peak else 0.0

    def spoken(self, path: Path, start: float, end: float) -> float:
        within = (
            min(stretch.end, end) - max(stretch.start, start) for stretch in survey(path).stretches
        )
        return sum((seconds for seconds in within if seconds > 0), 0.0)

    def hear(self, path: Path, language: str) -> Heard:
        with _told():
            transcriber = transcriber_for(self._models, language)
            if transcriber is None:
                return Heard(note=f'no model for "{language}" is installed')
            found = transcriber.transcribe(path)
        words = [asdict(word) for word in found.words]
        return Heard(found.text, words, f"{found.engine} {found.model}", found.note)

    def publish(self, path: Path, into: Path, start: float, end: float) -> None:
        with _told(), tempfile.TemporaryDirectory() as folder:
            part = Path(folder) / "part.wav"
            cut(path, part, start, end)
            small_audio(part, into)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (SpeechError, OSError) as error:
        raise SoundFailed(str(error)) from error


def _is_sounds(sounds: Sounds) -> PieceSounds:
    """Held to the port by the type checker."""
    return sounds
