"""Numbers that callers say, heard by a real model in a process of its own."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import soundfile

from appliance.mailroom import ear as limits
from appliance.mailroom.ear import Ear
from tests.tts_asr.heard import FOLDER, MODEL
from tts_asr.model_install import install


@pytest.fixture
def ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """In a home with a model for English; its limits are of no account here."""
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path))
    monkeypatch.setattr(limits, "HEARS_LIMIT", 120.0)
    monkeypatch.setattr(limits, "NUMBER_LIMIT", 120.0)
    install(MODEL, "en", tmp_path / "models")
    ear = Ear()
    yield ear
    ear.stop()


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """My number is five five five two one oh seven."""
    samples, rate = soundfile.read(FOLDER / "news_tip.wav")
    path = tmp_path / "said.wav"
    soundfile.write(path, samples[int(5.6 * rate) : int(8.35 * rate)], rate)
    return path


def kill_the_process_of(ear: Ear) -> None:
    ear.wake()
    (process,) = (
        child for child in psutil.Process().children() if "appliance.ear_tasks" in child.cmdline()
    )
    process.kill()


def test_the_digits_of_a_number_are_heard_and_the_recording_is_gone(ear: Ear, said: Path) -> None:
    assert ear.hears("en")
    assert ear.number(said, "en") == "5552107"
    assert not said.exists()


def test_no_digits_are_heard_in_other_words(ear: Ear, tmp_path: Path) -> None:
    samples, rate = soundfile.read(FOLDER / "news_tip.wav")
    soundfile.write(tmp_path / "said.wav", samples[: 4 * rate], rate)
    assert ear.number(tmp_path / "said.wav", "en") == ""


@pytest.mark.parametrize("sound", [b"", b"RIFF" + bytes(40), bytes(30_000)])
def test_no_digits_are_heard_where_there_is_no_sound(
    ear: Ear, tmp_path: Path, sound: bytes
) -> None:
    path = tmp_path / "said.wav"
    path.write_bytes(sound)
    assert ear.number(path, "en") == ""
    assert ear.number(path, "en") == "", "nor where the file is gone"


def test_a_language_without_a_model_is_heard_by_nobody(ear: Ear, said: Path) -> None:
    assert not ear.hears("zh")
    assert ear.number(said, "zh") is None
    assert not said.exists()


def test_an_ear_that_was_killed_costs_one_number(ear: Ear, said: Path) -> None:
    kill_the_process_of(ear)
    heard = ear.number(said, "en") or ear.number(said, "en")
    assert heard == "5552107"


def test_an_ear_that_is_late_is_not_waited_for(
    ear: Ear, said: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HEARS_LIMIT", 0.0)
    monkeypatch.setattr(limits, "NUMBER_LIMIT", 0.0)
    assert not ear.hears("en")
    assert ear.number(said, "en") is None


def test_without_a_model_numbers_are_keyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Path
) -> None:
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path))
    monkeypatch.setattr(limits, "HEARS_LIMIT", 120.0)
    ear = Ear()
    assert not ear.hears("en")
    assert ear.number(said, "en") is None
    ear.stop()
