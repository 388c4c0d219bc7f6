"""Recordings as callers, killed switches and full disks leave them."""

import os
import stat
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.tts_asr.heard import FOLDER
from tests.tts_asr.noises import NOT_SPEECH, RATE
from tts_asr.errors import SoundNotKept
from tts_asr.repair import repair
from tts_asr.resampling import resample
from tts_asr.sound import read_sound
from tts_asr.sound_facts import facts

MESSAGE = FOLDER / "cancel.wav"
HEADER = 44
SECONDS = (MESSAGE.stat().st_size - HEADER) / 2 / RATE
SPOKEN = 8.0
"""At least, of the message."""


def told(tmp_path: Path, riff: int, data: int, content: bytes | None = None) -> Path:
    """The message with other sizes in its header."""
    whole = bytearray(MESSAGE.read_bytes())
    struct.pack_into("<I", whole, 4, riff)
    struct.pack_into("<I", whole, 40, data)
    path = tmp_path / "message.wav"
    path.write_bytes(whole if content is None else whole[:HEADER] + content)
    return path


def test_a_message_is_measured() -> None:
    found = facts(MESSAGE)
    assert found.readable
    assert found.seconds == pytest.approx(SECONDS)
    assert SPOKEN < found.spoken_seconds < SECONDS
    assert 0.1 < found.peak < 1
    assert found.clipped_share == 0
    assert abs(found.dc_offset) < 0.001


@pytest.mark.parametrize("name", ["silence", "white noise", "keys", "beeps", "ringing"])
def test_a_recording_of_something_else_holds_no_speech(tmp_path: Path, name: str) -> None:
    path = tmp_path / "other.wav"
    soundfile.write(path, NOT_SPEECH[name](), RATE)
    found = facts(path)
    assert found.readable
    assert found.spoken_seconds == 0
    assert found.seconds > 4


# 8 and 0: FreeSWITCH 1.10.12, killed while it records.
@pytest.mark.parametrize(
    ("riff", "data"),
    [(8, 0), (0, 0), (36, 0), (0xFFFFFFFF, 0xFFFFFFFF), (0x7FFFFFFF, 0x7FFFFFDB), (8036, 8000)],
)
def test_a_header_with_wrong_sizes_hides_nothing_and_is_mended(
    tmp_path: Path, riff: int, data: int
) -> None:
    path = told(tmp_path, riff, data)
    before = facts(path)
    assert before.seconds == pytest.approx(SECONDS)
    assert before.spoken_seconds > SPOKEN
    assert repair(path)
    assert path.read_bytes() == MESSAGE.read_bytes()
    assert facts(path) == before
    assert not repair(path)
    assert os.listdir(tmp_path) == ["message.wav"]


def test_a_cut_file_is_read_to_its_end_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "message.wav"
    path.write_bytes(MESSAGE.read_bytes()[: HEADER + 5 * 2 * RATE + 1])
    assert facts(path).seconds == pytest.approx(5)
    assert repair(path)
    assert path.stat().st_size == HEADER + 5 * 2 * RATE
    assert soundfile.info(path).frames == 5 * RATE


def test_chunks_after_the_data_are_no_sound_and_need_no_mending(tmp_path: Path) -> None:
    path = tmp_path / "message.wav"
    extra = b"LIST" + struct.pack("<I", 4) + b"INFO"
    path.write_bytes(MESSAGE.read_bytes() + extra)
    assert facts(path).seconds == pytest.approx(SECONDS)
    assert not repair(path)


def test_mending_keeps_who_may_read_a_file(tmp_path: Path) -> None:
    path = told(tmp_path, 8, 0)
    path.chmod(0o640)
    repair(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_of_44_bytes_is_readable_and_empty(tmp_path: Path) -> None:
    path = told(tmp_path, 36, 0, b"")
    found = facts(path)
    assert found.readable
    assert (found.seconds, found.spoken_seconds, found.peak) == (0, 0, 0)
    assert not repair(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"RIFF", MESSAGE.read_bytes()[:35], b"\0" * 500, b"RIFF\0\0\0\0WAVE" + b"junk" * 100],
    ids=["zero", "4 bytes", "35 bytes", "zeros", "junk"],
)
def test_what_is_no_sound_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "message.wav"
    path.write_bytes(content)
    found = facts(path)
    assert not found.readable
    assert "message.wav" in found.reason
    assert found.seconds == 0
    assert not repair(path)
    assert path.read_bytes() == content


def test_a_header_of_endless_chunks_ends(tmp_path: Path) -> None:
    path = tmp_path / "message.wav"
    path.write_bytes(b"RIFF\xff\xff\xff\xffWAVE" + b"xxxx\0\0\0\0" * 10_000)
    assert not facts(path).readable
    assert not repair(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "No such file" in facts(tmp_path / "gone.wav").reason
    with pytest.raises(SoundNotKept, match="No such file"):
        repair(tmp_path / "gone.wav")


def test_an_offset_of_the_line_is_measured_and_hides_no_speech(tmp_path: Path) -> None:
    samples, rate = soundfile.read(MESSAGE, dtype="float32")
    path = tmp_path / "offset.wav"
    soundfile.write(path, samples + 0.3, rate)
    found = facts(path)
    assert found.dc_offset == pytest.approx(0.3, abs=0.001)
    assert found.spoken_seconds > SPOKEN


def test_clipping_is_measured_and_hides_no_speech(tmp_path: Path) -> None:
    samples, rate = soundfile.read(MESSAGE, dtype="float32")
    path = tmp_path / "clipped.wav"
    soundfile.write(path, np.clip(samples * 20, -1, 1), rate)
    found = facts(path)
    assert found.peak > 0.999
    assert found.clipped_share > 0.05
    assert found.spoken_seconds > SPOKEN


def test_samples_that_are_no_numbers_do_no_harm(tmp_path: Path) -> None:
    samples = soundfile.read(MESSAGE, dtype="float32")[0]
    samples[1_000:2_000] = np.nan
    samples[2_000:3_000] = np.inf
    samples[3_000:4_000] = 1e30
    path = tmp_path / "odd.wav"
    soundfile.write(path, samples, RATE, subtype="FLOAT")
    found = facts(path)
    assert found.peak == 1
    assert found.spoken_seconds > SPOKEN - 1


@pytest.mark.parametrize("format", ["FLAC", "MP3", "OGG", "AIFF", "W64"])
def test_other_formats_are_measured(tmp_path: Path, format: str) -> None:
    samples, rate = soundfile.read(MESSAGE, dtype="float32")
    path = tmp_path / "message"
    soundfile.write(path, np.stack([samples, samples], axis=1), rate, format=format)
    found = facts(path)
    assert found.seconds == pytest.approx(SECONDS, abs=0.3)
    assert found.spoken_seconds > SPOKEN


@pytest.mark.parametrize("rate", [4_000, 11_025, 22_255, 48_000, 192_000])
def test_any_rate_is_measured(tmp_path: Path, rate: int) -> None:
    path = tmp_path / "message.wav"
    soundfile.write(path, resample(read_sound(MESSAGE), rate).samples, rate)
    assert facts(path).spoken_seconds == pytest.approx(facts(MESSAGE).spoken_seconds, rel=0.1)


@pytest.mark.parametrize("subtype", ["ULAW", "ALAW", "PCM_U8", "PCM_24"])
def test_telephone_codings_are_measured(tmp_path: Path, subtype: str) -> None:
    samples, rate = soundfile.read(MESSAGE, dtype="float32")
    path = tmp_path / "message.wav"
    soundfile.write(path, samples, rate, subtype=subtype)
    assert facts(path).spoken_seconds > SPOKEN
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert facts(path).seconds == pytest.approx(SECONDS / 2, abs=0.2)
    repair(path)
    assert facts(path).seconds == pytest.approx(SECONDS / 2, abs=0.2)


def test_a_damaged_mp3_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "message.mp3"
    samples, rate = soundfile.read(MESSAGE, dtype="float32")
    soundfile.write(path, samples, rate)
    content = bytearray(path.read_bytes())
    content[2_000:9_000] = np.random.default_rng(1).bytes(7_000)
    path.write_bytes(content[:-5_000])
    assert facts(path).seconds < SECONDS + 1
