"""Judges what was heard on a call: G.711 to samples, and likeness to what was expected."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

Samples = npt.NDArray[np.float64]

RATE = 8000
"""Samples a second of G.711."""
MULAW_SILENCE = 0xFF


def _mulaw_table() -> Samples:
    """ITU-T G.711, table 2: 8 segments of 16 steps, the bits sent inverted."""
    code = ~np.arange(256) & 0xFF
    magnitude = ((((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)) - 0x84
    return np.asarray(np.where(code & 0x80, -magnitude, magnitude) / 32768.0, dtype=np.float64)


_FROM_MULAW = _mulaw_table()
_BY_LEVEL = np.argsort(_FROM_MULAW, kind="stable")
_LEVELS = _FROM_MULAW[_BY_LEVEL]
_BORDERS = (_LEVELS[1:] + _LEVELS[:-1]) / 2


def from_mulaw(payload: bytes) -> Samples:
    """Samples between -1 and 1."""
    return np.asarray(_FROM_MULAW[np.frombuffer(payload, dtype=np.uint8)])


def to_mulaw(samples: Samples) -> bytes:
    """The nearest code for each sample between -1 and 1."""
    nearest = _BY_LEVEL[np.searchsorted(_BORDERS, samples)]
    return bytes(nearest.astype(np.uint8))


def read_wav(path: Path) -> Samples:
    """A mono recording at 8 kHz. Raises AssertionError for another form."""
    samples, rate = soundfile.read(str(path), dtype="float64", always_2d=True)
    assert rate == RATE, f"{path}: {rate} samples a second, expected {RATE}"
    assert samples.shape[1] == 1, f"{path}: {samples.shape[1]} channels, expected 1"
    return np.asarray(samples[:, 0])


def loudness(samples: Samples) -> float:
    """Root mean square, 0 for nothing at all."""
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0


def heard_at(expected: Samples, heard: Samples) -> tuple[float, int]:
    """Likeness (-1 to 1) of the most alike stretch of `heard`, and the sample at which it starts.

    Normalised cross-correlation at every shift, computed by FFT; `expected` must fit in whole.
    """
    shifts = len(heard) - len(expected) + 1
    if shifts < 1 or not len(expected):
        return 0.0, 0
    size = 1 << (len(heard) + len(expected) - 1).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(expected, size))
    products = np.fft.irfft(spectrum, size)[:shifts]
    energy = np.concatenate(([0.0], np.cumsum(heard**2)))
    window = energy[len(expected) :] - energy[:shifts]
    scale = np.sqrt(np.maximum(window, 1e-9) * float(np.sum(expected**2)) + 1e-12)
    likeness = products / scale
    best = int(np.argmax(likeness))
    return float(likeness[best]), best


def heard_in(expected: Samples, heard: Samples) -> float:
    """How alike the best-fitting stretch of `heard` is: 1 is the same sound, 0 another."""
    return heard_at(expected, heard)[0]


PART = RATE // 5
"""A stretch of 200 ms."""


def heard_in_parts(expected: Samples, heard: Samples) -> float:
    """Mean likeness of 200 ms parts, each sought by itself; one that is out of order counts 0.

    For sound that has crossed two clocks: where a packet was dropped or made up on the way, the
    rest is shifted by 20 ms and unlike as a whole, though every word was heard.
    """
    parts = [expected[at : at + PART] for at in range(0, len(expected) - PART + 1, PART)]
    found = [heard_at(part, heard) for part in parts]
    return _best_in_order(found) / len(found) if found else 0.0


def _best_in_order(found: list[tuple[float, int]]) -> float:
    """The highest sum of scores of parts whose places follow each other."""
    sums: list[float] = []
    for number, (score, place) in enumerate(found):
        before = (sums[each] for each in range(number) if found[each][1] <= place)
        sums.append(score + max(before, default=0.0))
    return max(sums)


AUDIBLE = 0.02
"""Amplitude from which a tone counts as heard; `tone` gives 0.1."""


def tone(frequency: float, seconds: float) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(0.1 * np.sin(2 * np.pi * frequency * time))


def tones_in(heard: Samples, frequencies: Iterable[float]) -> set[float]:
    """Those of `frequencies` (in Hz, 50 apart or more) that sound in `heard`.

    By the height of the windowed spectrum at each: what a tone leaks falls off within some bins.
    """
    if not len(heard):
        return set()
    window = np.hanning(len(heard))
    heights = 2 * np.abs(np.fft.rfft(heard * window)) / np.sum(window)
    found = set()
    for frequency in frequencies:
        at = round(frequency * len(heard) / RATE)
        if heights[max(at - 1, 0) : at + 2].max(initial=0.0) > AUDIBLE:
            found.add(frequency)
    return found
