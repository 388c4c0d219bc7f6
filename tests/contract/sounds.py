"""Short recordings, each unlike every other, so that what is heard can be told apart."""

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from tests.listening import RATE, Samples

LENGTHS = {
    "short": 0.6,
    "two": 0.5,
    "prompt": 1.0,
    "invalid": 0.4,
    "menu": 1.2,
    "ok": 0.6,
    "long": 20.0,
}
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Sounds:
    folder: Path

    def path(self, name: str) -> str:
        return str(self.folder / f"{name}.wav")

    def samples(self, name: str) -> Samples:
        return voice(name)


def voice(name: str, seconds: float = 0.0) -> Samples:
    """Noise in the telephone band, swelling like syllables, always the same for a name.

    Without `seconds`, as long as the recording of that name.
    """
    seconds = seconds or LENGTHS[name]
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    noise = rng.normal(0, 1, int(seconds * RATE))
    spectrum = np.fft.rfft(noise)
    frequency = np.fft.rfftfreq(len(noise), 1 / RATE)
    spectrum[(frequency < 300) | (frequency > 3000)] = 0
    band = np.fft.irfft(spectrum, len(noise))
    time = np.arange(len(noise)) / RATE
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * time)
    return np.asarray(0.15 * band * syllables / np.std(band))


def make_sounds(folder: Path) -> Sounds:
    folder.mkdir(parents=True, exist_ok=True)
    sounds = Sounds(folder)
    for name in LENGTHS:
        soundfile.write(sounds.path(name), voice(name), RATE, subtype="PCM_16")
    return sounds
