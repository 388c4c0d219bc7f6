"""Sound files of any rate and channel count, as telephone audio, kept for the next caller."""

import os
import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
import soundfile

from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.frame import RATE, Samples

MAX_SECONDS = 1200
"""What is played of one sound at most: it is held in memory, ten times as large while it is
converted from a studio's rate."""
_CACHE_BYTES = 64 * 1024 * 1024
_FILTER_HALF = 32
"""Half the length of the low-pass filter, in output samples: 60 dB down at the band's edge."""

_Key = tuple[str, int, int]


class SoundCache:
    """Loaded sounds by path, time and size; the least used go first."""

    def __init__(self, limit: int = _CACHE_BYTES) -> None:
        self._limit = limit
        self._held: OrderedDict[_Key, Samples] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def load(self, path: str) -> Samples:
        """Blocks on the disk. Raises `SoundMissing`, `SoundUnusable`."""
        key = _key(path)
        with self._lock:
            if (samples := self._held.get(key)) is not None:
                self._held.move_to_end(key)
                return samples
        samples = load_sound(path)
        with self._lock:
            self._keep(key, samples)
        return samples

    def _keep(self, key: _Key, samples: Samples) -> None:
        if key in self._held or samples.nbytes > self._limit:
            return
        self._held[key] = samples
        self._bytes += samples.nbytes
        while self._bytes > self._limit:
            _, oldest = self._held.popitem(last=False)
            self._bytes -= oldest.nbytes


def _key(path: str) -> _Key:
    try:
        facts = os.stat(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise SoundMissing(f"there is no sound file {path!r}") from error
    return path, facts.st_mtime_ns, facts.st_size


def load_sound(path: str) -> Samples:
    """The file as mono 8 kHz. Raises `SoundMissing`, `SoundUnusable`."""
    if not Path(path).is_file():
        raise SoundMissing(f"there is no sound file {path!r}")
    try:
        facts = soundfile.info(path)
        frames = min(facts.frames, MAX_SECONDS * facts.samplerate)
        audio, rate = soundfile.read(path, frames=frames, dtype="int16", always_2d=True)
    except (soundfile.SoundFileError, OSError, TypeError, ValueError) as error:
        raise SoundUnusable(f"sound file {path!r} cannot be read: {error}") from error
    if audio.shape[1] == 1 and rate == RATE:
        return np.ascontiguousarray(audio[:, 0])
    return resampled(audio.mean(axis=1), int(rate))


def resampled(audio: np.ndarray[tuple[int, ...], np.dtype[np.float64]], rate: int) -> Samples:
    """`audio` at 8 kHz; what the telephone band cannot carry is filtered out first."""
    if rate > RATE:
        audio = np.convolve(audio, _low_pass(rate), mode="same")
    if rate != RATE and len(audio):
        positions = np.arange(int(len(audio) * RATE / rate)) * (rate / RATE)
        audio = np.interp(positions, np.arange(len(audio)), audio)
    return np.clip(np.round(audio), -32768, 32767).astype(np.int16)


def _low_pass(rate: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    reach = int(_FILTER_HALF * rate / RATE)
    at = np.arange(-reach, reach + 1) * (RATE / rate)
    taps = np.sinc(at * 0.95) * np.blackman(len(at))
    kernel: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = taps / taps.sum()
    return kernel
