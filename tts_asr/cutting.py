"""Cuts a part out of a recording, to the sample, with short fades so that the ends do not click."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from tts_asr.audio_file import AudioFile, open_audio
from tts_asr.errors import SoundNotKept, SoundUnreadable
from tts_asr.sound import Samples

FADE = 0.01
"""Seconds: long enough not to click, too short to be heard."""
BLOCK_SECONDS = 10


def cut(path: Path, into: Path, start: float, end: float) -> float:
    """Writes what is between two times, in seconds, as a WAV file; its length in seconds.

    What lies behind the recording's end is left out. Raises `SoundUnreadable`, also when nothing
    is left, and `SoundNotKept`.
    """
    with open_audio(path) as audio:
        total = min(round(end * audio.rate), _length(audio)) - round(start * audio.rate)
        if total <= 0:
            raise SoundUnreadable(path.name, f"no samples from {start:g} s to {end:g} s")
        try:
            with soundfile.SoundFile(str(into), "w", audio.rate, 1, "PCM_16", format="WAV") as file:
                for block in _faded(audio, start, total):
                    file.write(block)
        except (soundfile.SoundFileError, OSError) as error:
            raise SoundNotKept(into, str(error)) from error
        return total / audio.rate


def _length(audio: AudioFile) -> int:
    """In samples that are really there."""
    return sum(len(block) for block in audio.blocks(BLOCK_SECONDS))


def _faded(audio: AudioFile, start: float, total: int) -> Iterator[Samples]:
    fade = max(1, min(round(FADE * audio.rate), total // 2))
    done = 0
    while done < total:
        at = start + done / audio.rate
        seconds = min(BLOCK_SECONDS, (total - done) / audio.rate)
        block = audio.part(at, at + seconds, audio.rate)
        if not len(block):
            return
        place = np.arange(done, done + len(block), dtype=np.float32)
        nearest = np.minimum(place, total - 1 - place)
        yield block * np.clip(nearest / fade, 0, 1)
        done += len(block)
