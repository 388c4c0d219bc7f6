"""A sound in memory, and how it is read from what engines and newspapers give."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from tts_asr.errors import SoundUnreadable

Samples = npt.NDArray[np.float32]

MAX_SECONDS = 600
"""Longer files are no prompts; ten minutes at 48 kHz are some 120 MB of memory while converted."""
MOST_SAMPLES = MAX_SECONDS * 48_000 * 2
"""Of all channels together. A few kilobytes of FLAC can say that they are hours of eight."""
RATES = range(4_000, 192_001)


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of sound."""

    samples: Samples
    """From -1 to 1."""
    rate: int
    """Samples a second."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


def from_pcm(pcm: bytes, rate: int) -> Sound:
    """A sound from 16-bit little-endian samples."""
    return Sound(np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32768), rate)


def read_sound(source: Path | bytes, what: str = "sound") -> Sound:
    """A sound file mixed down to one channel. Raises `SoundUnreadable`."""
    opened = str(source) if isinstance(source, Path) else io.BytesIO(source)
    try:
        with soundfile.SoundFile(opened) as file:
            _check_shape(file, what)
            samples = file.read(MAX_SECONDS * file.samplerate, dtype="float32", always_2d=True)
            return checked(Sound(samples.mean(axis=1, dtype=np.float32), file.samplerate), what)
    except (soundfile.SoundFileError, OSError, ValueError, TypeError) as error:
        raise SoundUnreadable(what, str(error)) from error


def _check_shape(file: soundfile.SoundFile, what: str) -> None:
    if file.samplerate not in RATES or not 1 <= file.channels <= 8:
        raise SoundUnreadable(what, f"{file.samplerate} Hz with {file.channels} channels")
    if file.frames > MAX_SECONDS * file.samplerate:
        raise SoundUnreadable(what, f"longer than {MAX_SECONDS} s")
    if file.frames * file.channels > MOST_SAMPLES:
        raise SoundUnreadable(what, f"more than {MOST_SAMPLES} samples; save it as 48 kHz, stereo")


def checked(sound: Sound, what: str) -> Sound:
    """`sound`, if there is anything to hear in it. Raises `SoundUnreadable`."""
    if not len(sound.samples):
        raise SoundUnreadable(what, "no samples")
    if not np.isfinite(sound.samples).all():
        raise SoundUnreadable(what, "samples that are no numbers")
    return sound
