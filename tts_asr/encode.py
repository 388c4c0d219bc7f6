"""Makes a recording small enough for a mail."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

import soundfile

from tts_asr.audio_file import open_audio
from tts_asr.errors import SoundNotKept, SoundUnreadable
from tts_asr.wav import UNFINISHED

SmallKind = Literal["mp3", "opus"]
BLOCK_SECONDS = 10


LENGTH_MAY_DIFFER = 0.5
"""Seconds; MP3 coders add up to a tenth at the ends."""


class _Coding(NamedTuple):
    format: str
    subtype: str
    compression: float
    """0 to 1, as libsndfile has it."""
    bitrate_mode: str | None


RATE = 16_000
"""MP3 at 8,000 samples a second (MPEG 2.5) is not played by every phone and mail program."""
CODINGS: Mapping[SmallKind, _Coding] = MappingProxyType(
    {
        # 24 kbit/s: 180 kB a minute.
        "mp3": _Coding("MP3", "MPEG_LAYER_III", 0.9, "CONSTANT"),
        # 20 kbit/s: 150 kB a minute.
        "opus": _Coding("OGG", "OPUS", 0.95, None),
    }
)


def small_audio(path: Path, into: Path, kind: SmallKind = "mp3") -> int:
    """Writes the recording at `path` as a small file `into`; its bytes.

    `into` is there as a whole, checked to be playable, or not at all. Raises `SoundUnreadable` for
    what cannot be read or holds no sound, `SoundNotKept`.
    """
    try:
        handle, name = tempfile.mkstemp(UNFINISHED, ".", into.parent)
        os.close(handle)
    except OSError as error:
        raise SoundNotKept(into, error.strerror or str(error)) from error
    try:
        seconds = _encode(path, Path(name), CODINGS[kind])
        _check(Path(name), seconds)
        return _keep(Path(name), into)
    except (soundfile.SoundFileError, OSError) as error:
        raise SoundNotKept(into, str(error)) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _encode(path: Path, into: Path, coding: _Coding) -> float:
    """The seconds written."""
    frames = 0
    with (
        open_audio(path) as audio,
        soundfile.SoundFile(
            str(into),
            "w",
            RATE,
            1,
            coding.subtype,
            format=coding.format,
            compression_level=coding.compression,
            bitrate_mode=coding.bitrate_mode,
        ) as small,
    ):
        for block in audio.blocks_at(RATE, BLOCK_SECONDS):
            small.write(block)
            frames += len(block)
    if not frames:
        raise SoundUnreadable(path.name, "no samples")
    return frames / RATE


def _check(small: Path, seconds: float) -> None:
    with open_audio(small) as audio:
        heard = sum(len(block) for block in audio.blocks(BLOCK_SECONDS)) / audio.rate
    if abs(heard - seconds) > LENGTH_MAY_DIFFER:
        raise SoundNotKept(small, f"{heard:.1f} s can be played of {seconds:.1f} s")


def _keep(small: Path, into: Path) -> int:
    with small.open("rb") as file:
        os.fsync(file.fileno())
    # mkstemp makes it private, but the panel may run as another user.
    small.chmod(0o644)
    size = small.stat().st_size
    os.replace(small, into)
    return size
