"""Sounds: reading, changing the rate, loudness, silence."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.tts_asr.doubles import loudest_frequency, tone
from tts_asr.errors import SoundUnreadable
from tts_asr.levels import CEILING, LEAD, SENTENCE_PAUSE, SPEECH_LEVEL, level, trim
from tts_asr.resampling import resample
from tts_asr.sound import Sound, read_sound


@pytest.mark.parametrize("given", [11_025, 16_000, 22_050, 22_255, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("wanted", [8_000, 16_000])
def test_a_changed_rate_keeps_pitch_length_and_loudness(given: int, wanted: int) -> None:
    before = tone(1_000, seconds=1.3, rate=given)
    after = resample(before, wanted)
    assert after.rate == wanted
    assert after.seconds == pytest.approx(before.seconds, abs=1 / wanted)
    assert loudest_frequency(after) == pytest.approx(1_000, abs=2)
    assert np.std(after.samples) == pytest.approx(np.std(before.samples), rel=0.02)


def test_what_the_telephone_cannot_carry_is_gone_and_not_folded_back() -> None:
    assert np.std(resample(tone(6_000), 8_000).samples) < 0.001


def test_a_sound_of_one_sample_keeps_its_length_in_time() -> None:
    assert len(resample(Sound(np.ones(1, np.float32), 8_000), 16_000).samples) == 2


@pytest.mark.parametrize("size", [0.001, 0.03, 0.3, 1.0, 4.0])
def test_quiet_and_loud_sounds_become_equally_loud_without_clipping(size: float) -> None:
    levelled = level(tone(300, size=size, rate=8_000))
    assert np.abs(levelled.samples).max() <= CEILING
    wanted = min(SPEECH_LEVEL, size / np.sqrt(2) * 10**1.5)
    assert np.std(levelled.samples) == pytest.approx(wanted, rel=0.05)


def test_loudness_is_that_of_the_speech_whatever_silence_is_around_it() -> None:
    voice = tone(300, rate=8_000).samples
    silence = np.zeros(40_000, np.float32)
    levelled = level(Sound(np.concatenate([silence, voice, silence]), 8_000))
    assert np.abs(levelled.samples).max() == pytest.approx(SPEECH_LEVEL * np.sqrt(2), rel=0.05)


def test_a_sudden_peak_is_bent_and_does_not_clip() -> None:
    samples = tone(300, rate=8_000, size=0.05).samples
    samples[1_000] = 1.0
    assert np.abs(level(Sound(samples, 8_000)).samples).max() <= CEILING


def test_silence_stays_silence() -> None:
    quiet = Sound(np.zeros(800, np.float32), 8_000)
    assert not level(quiet).samples.any()
    assert trim(quiet, "x") == quiet


@pytest.mark.parametrize(("text", "pause"), [("End.", SENTENCE_PAUSE), ("so,", 0.15), ("", 0.3)])
def test_silence_is_trimmed_to_what_an_announcer_leaves(text: str, pause: float) -> None:
    voice = tone(300, seconds=0.5, rate=8_000).samples
    silence = np.zeros(8_000, np.float32)
    trimmed = trim(Sound(np.concatenate([silence, voice, silence]), 8_000), text)
    assert trimmed.seconds == pytest.approx(LEAD + 0.5 + pause, abs=0.03)


def test_speech_cut_close_gets_its_pause() -> None:
    assert trim(tone(300, rate=8_000), "End.").seconds == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize("format", ["WAV", "FLAC", "MP3", "OGG"])
def test_the_usual_formats_are_read(tmp_path: Path, format: str) -> None:
    file = tmp_path / "sound"
    soundfile.write(file, tone(500, rate=24_000).samples, 24_000, format=format)
    assert loudest_frequency(read_sound(file.read_bytes())) == pytest.approx(500, abs=3)


def test_stereo_is_mixed_down(tmp_path: Path) -> None:
    file = tmp_path / "stereo.wav"
    both = np.stack([tone(500).samples, np.zeros(11_025, np.float32)], axis=1)
    soundfile.write(file, both, 22_050)
    mixed = read_sound(file)
    assert mixed.samples.ndim == 1
    assert loudest_frequency(mixed) == pytest.approx(500, abs=3)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"\x00" * 500, b"<html>503</html>" * 50])
def test_what_is_no_sound_is_refused(content: bytes) -> None:
    with pytest.raises(SoundUnreadable, match="expected a sound file"):
        read_sound(content)


def test_a_sound_of_no_samples_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.wav"
    soundfile.write(file, np.zeros(0, np.float32), 8_000)
    with pytest.raises(SoundUnreadable, match="no samples"):
        read_sound(file)


def test_a_file_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "endless.wav"
    soundfile.write(file, np.zeros(601 * 4_000, np.int16), 4_000)
    with pytest.raises(SoundUnreadable, match="longer than 600 s"):
        read_sound(file)


def test_samples_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "nan.wav"
    soundfile.write(file, np.full(800, np.nan, np.float32), 8_000, subtype="FLOAT")
    with pytest.raises(SoundUnreadable, match="no numbers"):
        read_sound(file)
