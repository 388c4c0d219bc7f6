"""What is measured of each 20 ms of a recording, to tell speech from other sounds.

All is taken from the telephone band, so that it is the same at every sampling rate.
"""

from dataclasses import dataclass

import numpy as np

from tts_asr.sound import Samples
from tts_asr.spectral_movement import SpectralMovement

HOP = 0.02
WINDOW = 0.04
"""Seconds. The window gives spectral lines 25 Hz apart at any rate."""
LINE_HERTZ = 1 / WINDOW
LOWEST, HIGHEST = round(150 / LINE_HERTZ), round(3600 / LINE_HERTZ)
"""Lines of the telephone band; hum of the mains lies below it."""
LINES = round(4000 / LINE_HERTZ)
"""So many, and the correlation comes out at 8,000 lags a second."""
SHORTEST_LAG, LONGEST_LAG = 8000 // 400, 8000 // 70
"""Of voices from 70 to 400 Hz."""
PEAK_REACH = 2
"""Lines on each side over which the window smears a pure tone."""
BANDS = 12
FLOOR = 1e-10


@dataclass(frozen=True, slots=True)
class Features:
    """One number a frame each."""

    level: Samples
    """Decibels of full scale in the telephone band."""
    tonality: Samples
    """Share of the energy in the two strongest tones: 1 for DTMF and beeps."""
    voicing: Samples
    """How periodic it is, from 0 to 1."""
    pitch: Samples
    """Hertz; meaningless where `voicing` is low."""
    movement: Samples
    """Decibels by which the shape of the spectrum changes."""


class FeatureMaker:
    """Takes a recording block by block."""

    def __init__(self, rate: int) -> None:
        self._hop = max(1, round(rate * HOP))
        self._size = 2 * self._hop
        self._window = np.hanning(self._size).astype(np.float32)
        self._rest: Samples = np.zeros(0, np.float32)
        self._done: list[tuple[Samples, ...]] = []
        self._movement = SpectralMovement()

    def feed(self, samples: Samples) -> None:
        joined = np.concatenate([self._rest, samples])
        count = len(joined) // self._hop - 1
        if count > 0:
            frames = np.lib.stride_tricks.sliding_window_view(joined, self._size)
            self._measure(frames[:: self._hop][:count])
            joined = joined[count * self._hop :]
        self._rest = joined

    def features(self) -> Features:
        """Of all that was fed."""
        nothing = (np.zeros(0, np.float32),) * 4
        parts = zip(nothing, *self._done, strict=True)
        level, tonality, voicing, pitch = (np.concatenate(part) for part in parts)
        return Features(level, tonality, voicing, pitch, self._movement.decibels(len(level)))

    def _measure(self, frames: Samples) -> None:
        power = self._power(frames)
        total = power.sum(axis=1) + FLOOR
        level = 10 * np.log10(total)
        self._done.append((level, _two_peaks(power) / total, *_periodicity(power)))
        self._movement.feed(_bands(power))

    def _power(self, frames: Samples) -> Samples:
        """The spectra of the telephone band."""
        spectrum = np.fft.rfft(frames * self._window, axis=1)[:, : LINES + 1]
        power = (np.abs(spectrum) ** 2 / (self._size * self._size / 4)).astype(np.float32)
        power = np.pad(power, ((0, 0), (0, LINES + 1 - power.shape[1])))
        power[:, :LOWEST] = 0
        power[:, HIGHEST + 1 :] = 0
        return power


def _two_peaks(power: Samples) -> Samples:
    rows = np.arange(len(power))[:, None]
    reach = np.arange(-PEAK_REACH, PEAK_REACH + 1)
    left = power.copy()
    found = np.zeros(len(power), np.float32)
    for _ in range(2):
        around = np.clip(left.argmax(axis=1)[:, None] + reach, 0, power.shape[1] - 1)
        found += left[rows, around].sum(axis=1)
        left[rows, around] = 0
    return found


def _periodicity(power: Samples) -> tuple[Samples, Samples]:
    correlation = np.fft.irfft(power, axis=1)[:, : LONGEST_LAG + 1]
    whole = correlation[:, :1] + FLOOR
    lags = correlation[:, SHORTEST_LAG:] / whole
    best = lags.argmax(axis=1)
    pitch = 8000 / (best + SHORTEST_LAG)
    voicing = lags[np.arange(len(lags)), best]
    return voicing.astype(np.float32), pitch.astype(np.float32)


def _bands(power: Samples) -> Samples:
    """The energy in each band."""
    edges = np.linspace(LOWEST, HIGHEST + 1, BANDS + 1).astype(int)[:-1]
    bands: Samples = np.add.reduceat(power, edges, axis=1)
    return bands
