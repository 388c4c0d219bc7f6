"""Speech-like and other sounds as WAV files: made here, so that no test needs an engine."""

import struct
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.servers import program

RATE = 8_000


def write_wav(path: Path, samples: npt.NDArray[np.int16], told_bytes: int | None = None) -> Path:
    """A mono WAV at 8 kHz; `told_bytes` makes its header tell another length of data."""
    data = samples.astype("<i2").tobytes()
    told = len(data) if told_bytes is None else told_bytes
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + told, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16,
        b"data", told,
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + data)
    return path


@cache
def _spoken() -> npt.NDArray[np.int16]:
    words = "please call me back because the road is closed and no paper came this morning"
    said = subprocess.run(
        [program("espeak-ng"), "--stdout", f"{words}. {words}. {words}."],
        capture_output=True,
        check=True,
    )
    samples = np.frombuffer(said.stdout[44:], dtype="<i2")
    rate = struct.unpack_from("<I", said.stdout, 24)[0]
    at = np.arange(0, len(samples), rate / RATE)
    return np.interp(at, np.arange(len(samples)), samples).astype(np.int16)


def speech(seconds: float) -> npt.NDArray[np.int16]:
    """Somebody speaks for so long, after which nothing follows."""
    spoken = _spoken()
    return np.resize(spoken, int(seconds * RATE))


def silence(seconds: float) -> npt.NDArray[np.int16]:
    return np.zeros(int(seconds * RATE), dtype=np.int16)


def tone(seconds: float) -> npt.NDArray[np.int16]:
    at = np.arange(int(seconds * RATE)) / RATE
    return (8_000 * np.sin(2 * np.pi * 440 * at)).astype(np.int16)
