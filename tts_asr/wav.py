"""Prompt files: 16-bit mono WAV, written so that a reader sees all of a file or none of it."""

import io
import os
import struct
import tempfile
import wave
from pathlib import Path

import numpy as np

from tts_asr.errors import PromptNotKept
from tts_asr.sound import Sound

HEADER_BYTES = 44
UNFINISHED = ".part"
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


def wav_bytes(sound: Sound) -> bytes:
    into = io.BytesIO()
    pcm = np.rint(np.clip(sound.samples, -1, 1) * 32767).astype("<i2")
    with wave.open(into, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(pcm.tobytes())
    return into.getvalue()


def is_whole(path: Path) -> bool:
    """Whether `path` is a WAV file as we write them, not cut short, with samples in it."""
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
            size = os.fstat(file.fileno()).st_size
    except OSError:
        return False
    if len(head) < HEADER_BYTES or size <= HEADER_BYTES:
        return False
    riff, _, kind, _, _, coding, channels, _, _, _, bits, _, data = _HEADER.unpack(head)
    shape = (riff, kind, coding, channels, bits)
    return shape == (b"RIFF", b"WAVE", 1, 1, 16) and data == size - HEADER_BYTES


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, rename. Raises `PromptNotKept` and leaves nothing behind."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(UNFINISHED, ".", path.parent)
    except OSError as error:
        raise PromptNotKept(path.parent, error.strerror or str(error)) from error
    try:
        with open(handle, "wb", buffering=0) as file:
            _write_all(file.fileno(), content)
            # mkstemp makes it private, but the switch may run as another user.
            os.fchmod(handle, 0o644)
            os.fsync(handle)
        os.replace(name, path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise PromptNotKept(path.parent, error.strerror or str(error)) from error


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]
