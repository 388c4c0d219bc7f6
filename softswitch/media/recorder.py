"""Recordings: frames are collected on the tick and written to the disk elsewhere.

The WAV header is rewritten with every flush, so a recording is whole up to its last quarter
of a second even when the process is killed.
"""

import os
import struct
import threading
from io import FileIO

import numpy as np

from softswitch.errors import SoundUnusable
from softswitch.media.frame import FRAME, RATE, Samples

MAX_BYTES = 2 * RATE * 3600 * 4
"""Longest recording: four hours."""
_HEADER = 44
"""Bytes of a RIFF header with one `fmt ` and one `data` chunk."""


def wav_header(data_bytes: int) -> bytes:
    """A RIFF header for mono 16-bit audio at 8 kHz."""
    riff = struct.pack("<4sI4s", b"RIFF", 36 + data_bytes, b"WAVE")
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16)
    return riff + form + struct.pack("<4sI", b"data", data_bytes)


class WavWriter:
    """A WAV file that grows. `push` never blocks; `flush` and `close` write."""

    def __init__(self, path: str) -> None:
        """Opens the file. Raises `SoundUnusable` when it cannot be written."""
        self.path = path
        self.samples = 0
        """Samples taken, written or not."""
        self._waiting: list[bytes] = []
        self._written = 0
        self._lock = threading.Lock()
        self._file: FileIO | None = _opened(path)

    def push(self, frame: Samples) -> None:
        if self.samples * 2 < MAX_BYTES:
            self.samples += len(frame)
            self._waiting.append(frame.tobytes())

    def flush(self) -> None:
        """Write what has come. Raises OSError, for instance when the disk is full: then the
        recording ends with what could be written."""
        with self._lock:
            if self._file is None:
                return
            taken, self._waiting = self._waiting, []
            self._file.seek(_HEADER + self._written)
            try:
                self._append(self._file, memoryview(b"".join(taken)))
            except OSError:
                self.samples = self._written // 2
                raise
            finally:
                self._file.seek(0)
                self._file.write(wav_header(self._written))

    def _append(self, file: FileIO, data: memoryview) -> None:
        """Unbuffered: what is left in a buffer dies with the process."""
        while data:
            taken = file.write(data)
            self._written += taken
            data = data[taken:]

    def close(self) -> None:
        try:
            self.flush()
        finally:
            with self._lock:
                if self._file is not None:
                    self._file.close()
                self._file = None

    @property
    def size(self) -> int:
        """Bytes that the finished file has."""
        return _HEADER + self.samples * 2


def _opened(path: str) -> FileIO:
    try:
        file = FileIO(path, "w")
        if file.write(wav_header(0)) < _HEADER:
            raise OSError("no room for a header")
        os.chmod(path, 0o640)
    except (OSError, ValueError) as error:
        raise SoundUnusable(f"recording {path!r} cannot be written: {error}") from error
    return file


def energy(frame: Samples) -> int:
    """Mean height of a frame, the measure of `record`'s silence threshold."""
    return int(np.abs(frame.astype(np.int32)).sum() // FRAME)


class SilenceWatch:
    """Says when a line has been silent for so long."""

    def __init__(self, threshold: int, seconds: float) -> None:
        self._threshold = threshold
        self._limit = int(seconds * RATE / FRAME)
        self._left = self._limit
        self.exhausted = False

    def push(self, frame: Samples) -> None:
        if not self._limit or self.exhausted:
            return
        if energy(frame) >= self._threshold:
            self._left = self._limit
        else:
            self._left -= 1
            self.exhausted = self._left <= 0
