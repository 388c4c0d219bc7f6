"""Small files for the mail: they are decoded and listened to."""

import os
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import soundfile

from tests.tts_asr.heard import messages, vosk, word_errors
from tests.tts_asr.noises import RATE
from tts_asr.encode import SmallKind, small_audio
from tts_asr.errors import SoundNotKept, SoundUnreadable

MESSAGE = messages()[0]
KINDS = get_args(SmallKind)
FORMATS = {"mp3": ("MP3", 24_500), "opus": ("OGG", 22_000)}
"""Format, and bits a second at most."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_small_file_is_small_and_its_words_are_heard(tmp_path: Path, kind: SmallKind) -> None:
    small = tmp_path / "small"
    size = small_audio(MESSAGE.path, small, kind)
    info = soundfile.info(small)
    format, bits = FORMATS[kind]
    assert (info.format, info.channels) == (format, 1)
    assert info.duration == pytest.approx(soundfile.info(MESSAGE.path).duration, abs=0.2)
    assert size == small.stat().st_size <= bits / 8 * info.duration + 1_500
    heard = vosk().transcribe(small).text
    assert word_errors(MESSAGE.heard, heard) <= 0.15 * len(MESSAGE.heard.split())
    assert os.listdir(tmp_path) == ["small"]


@pytest.mark.parametrize("kind", KINDS)
def test_blocks_are_joined_without_a_gap(tmp_path: Path, kind: SmallKind) -> None:
    path = tmp_path / "tone.wav"
    at = np.arange(25 * RATE) / RATE
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * 440 * at), RATE)
    small_audio(path, tmp_path / "small", kind)
    samples, rate = soundfile.read(tmp_path / "small")
    frames = samples[rate : 24 * rate].reshape(-1, rate // 50)
    levels = np.sqrt((frames**2).mean(axis=1))
    assert levels.min() > 0.8 * levels.max()


def test_a_recording_of_a_killed_switch_is_made_small(tmp_path: Path) -> None:
    path = tmp_path / "killed.wav"
    content = MESSAGE.path.read_bytes()
    path.write_bytes(content[:40] + bytes(4) + content[44:])
    small_audio(path, tmp_path / "small.mp3")
    assert soundfile.info(tmp_path / "small.mp3").duration == pytest.approx(10.3, abs=0.3)


@pytest.mark.parametrize("content", [b"", b"x" * 100, MESSAGE.path.read_bytes()[:44]])
def test_what_holds_no_sound_gives_no_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "message.wav"
    path.write_bytes(content)
    with pytest.raises(SoundUnreadable):
        small_audio(path, tmp_path / "small.mp3")
    assert os.listdir(tmp_path) == ["message.wav"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SoundNotKept, match="No such file"):
        small_audio(MESSAGE.path, tmp_path / "gone" / "small.mp3")


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    small = tmp_path / "small.mp3"
    small.write_bytes(b"old")
    small_audio(MESSAGE.path, small)
    assert soundfile.info(small).format == "MP3"
