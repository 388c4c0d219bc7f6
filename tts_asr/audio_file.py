"""A recording on the disk, read in pieces as one channel, whatever its header tells."""

import io
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile

from tts_asr.errors import SoundUnreadable
from tts_asr.resampling import resample
from tts_asr.sound import RATES, Samples, Sound
from tts_asr.wav_header import read_header

MAX_SECONDS = 4 * 3600
"""The rest of a longer file is left out: nobody speaks so long, but a small FLAC file of silence
may decode to years."""
MAX_CHANNELS = 8
MARGIN = 0.1
"""Seconds read around a part, so that a change of its rate does not ring at its ends."""


class AudioFile:
    """An open recording; made by `open_audio`."""

    def __init__(self, file: soundfile.SoundFile, what: str) -> None:
        self._file = file
        self._what = what
        self.rate: int = file.samplerate

    def blocks(self, seconds: int) -> Iterator[Samples]:
        """The whole recording from its beginning. Raises `SoundUnreadable`."""
        self._seek(0)
        left = MAX_SECONDS * self.rate
        while left > 0:
            block = self._read(min(seconds * self.rate, left))
            if not len(block):
                return
            left -= len(block)
            yield block

    def blocks_at(self, rate: int, seconds: int) -> Iterator[Samples]:
        """The whole recording at `rate`. Raises `SoundUnreadable`."""
        for start in range(0, MAX_SECONDS, seconds):
            block = self.part(start, start + seconds, rate)
            if not len(block):
                return
            yield block

    def part(self, start: float, end: float, rate: int) -> Samples:
        """The recording between two times in seconds, at `rate`. Raises `SoundUnreadable`."""
        first = max(0, round((start - MARGIN) * self.rate))
        self._seek(first)
        sound = Sound(self._read(round((end + MARGIN) * self.rate) - first), self.rate)
        if not len(sound.samples):
            return sound.samples
        cut = round(start * rate) - round(first / self.rate * rate)
        return resample(sound, rate).samples[cut : cut + round((end - start) * rate)]

    def _seek(self, frame: int) -> None:
        try:
            self._file.seek(min(frame, self._file.frames))
        except (soundfile.SoundFileError, OSError, ValueError) as error:
            raise SoundUnreadable(self._what, str(error)) from error

    def _read(self, frames: int) -> Samples:
        try:
            samples = self._file.read(frames, dtype="float32", always_2d=True)
        except (soundfile.SoundFileError, OSError, ValueError) as error:
            raise SoundUnreadable(self._what, str(error)) from error
        one = samples.mean(axis=1, dtype=np.float32)
        # Files of floating-point samples may hold anything.
        kept: Samples = np.clip(np.nan_to_num(one, posinf=1.0, neginf=-1.0), -1.0, 1.0)
        return kept


@contextmanager
def open_audio(path: Path) -> Iterator[AudioFile]:
    """Opens a recording. Raises `SoundUnreadable`."""
    with ExitStack() as opened:
        try:
            raw = opened.enter_context(path.open("rb"))
            file = opened.enter_context(soundfile.SoundFile(_with_right_header(path, raw)))
        except (soundfile.SoundFileError, OSError, ValueError, TypeError) as error:
            raise SoundUnreadable(path.name, str(error)) from error
        if file.samplerate not in RATES or not 1 <= file.channels <= MAX_CHANNELS:
            shape = f"{file.samplerate} Hz with {file.channels} channels"
            raise SoundUnreadable(path.name, shape)
        yield AudioFile(file, path.name)


def _with_right_header(path: Path, raw: BinaryIO) -> BinaryIO | str:
    header = read_header(raw)
    raw.seek(0)
    if header is None or header.is_right:
        return str(path)  # faster, and libsndfile's mishaps stay within it
    return io.BufferedReader(_Patched(raw, header.patches))


class _Patched(io.RawIOBase):
    """A file as if some of its bytes were others."""

    def __init__(self, raw: BinaryIO, patches: Mapping[int, bytes]) -> None:
        self._raw = raw
        self._patches = patches

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # any writable buffer
        start = self._raw.tell()
        content = bytearray(self._raw.read(len(view)))
        for at, patch in self._patches.items():
            for place, byte in enumerate(patch, at - start):
                if 0 <= place < len(content):
                    content[place] = byte
        view[: len(content)] = content
        return len(content)
