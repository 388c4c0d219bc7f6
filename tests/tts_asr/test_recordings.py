"""The paper's own recordings."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.tts_asr.doubles import loudest_frequency, tone
from tts_asr.errors import RecordingMissing, SoundUnreadable
from tts_asr.levels import SPEECH_LEVEL
from tts_asr.recordings import PaperRecordings
from tts_asr.sound import read_sound


@pytest.fixture
def recordings(tmp_path: Path) -> PaperRecordings:
    (tmp_path / "recordings").mkdir()
    return PaperRecordings(tmp_path / "recordings", tmp_path / "prompts")


def put(recordings: PaperRecordings, name: str, hertz: float, rate: int = 44_100) -> None:
    sound = tone(hertz, rate=rate, size=0.02)
    soundfile.write(recordings.folder / name, np.stack([sound.samples] * 2, axis=1), rate)


def frequency(path: Path) -> int:
    return 10 * round(loudest_frequency(read_sound(path)) / 10)


def test_a_recording_is_levelled_for_the_telephone(recordings: PaperRecordings) -> None:
    put(recordings, "welcome.wav", 600)
    copy = recordings.find("welcome", "en")
    info = soundfile.info(copy)
    assert (info.samplerate, info.channels, info.subtype) == (8_000, 1, "PCM_16")
    assert frequency(copy) == 600
    assert np.std(read_sound(copy).samples) == pytest.approx(SPEECH_LEVEL, rel=0.05)


def test_the_recording_in_the_callers_language_goes_first(recordings: PaperRecordings) -> None:
    put(recordings, "welcome.wav", 600)
    put(recordings, "welcome.zh.wav", 700)
    found = [frequency(recordings.find("welcome", tag)) for tag in ("en", "zh", "zh-TW", "yue")]
    assert found == [600, 700, 700, 600]


def test_a_recording_that_is_replaced_is_heard_at_once(recordings: PaperRecordings) -> None:
    put(recordings, "news.wav", 600)
    first = recordings.find("news", "en")
    put(recordings, "news.wav", 800)
    os.utime(recordings.folder / "news.wav", (1, 1))
    second = recordings.find("news", "en")
    assert [frequency(first), frequency(second)] == [600, 800]


def test_recordings_are_made_ready_ahead(recordings: PaperRecordings, tmp_path: Path) -> None:
    put(recordings, "欢迎.zh.wav", 600)
    put(recordings, "news.wav", 700)
    (recordings.folder / "notes.txt").write_text("no sound")
    assert recordings.prepare() == []
    ready = set((tmp_path / "prompts").glob("*[0-9a-f].wav"))
    assert recordings.find("news", "en") in ready
    assert recordings.find("欢迎", "zh-CN") in ready
    assert set((tmp_path / "prompts").glob("*[0-9a-f].wav")) == ready


def test_one_broken_recording_does_not_stop_the_others(recordings: PaperRecordings) -> None:
    (recordings.folder / "broken.wav").write_bytes(b"RIFF")
    put(recordings, "news.wav", 700)
    problems = recordings.prepare()
    assert len(problems) == 1
    assert problems[0].startswith("broken.wav: ")
    assert recordings.find("news", "en").exists()
    with pytest.raises(SoundUnreadable, match="broken"):
        recordings.find("broken", "en")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../secret",
        "/etc/passwd",
        "a/b",
        "a.b",
        "a\x00",
        "a\n",
        "-a",
        "x" * 65,
        "a b",
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(
    recordings: PaperRecordings, name: str
) -> None:
    put(recordings, "secret.wav", 600)
    inner = PaperRecordings(recordings.folder / "inner", recordings.folder)
    with pytest.raises(RecordingMissing, match="expected a name of letters"):
        inner.find(name, "en")


@pytest.mark.parametrize("language", ["", "../x", "en/..", "en\x00", "e" * 9])
def test_a_language_that_leads_elsewhere_is_refused(
    recordings: PaperRecordings, language: str
) -> None:
    with pytest.raises(RecordingMissing):
        recordings.find("news", language)


def test_a_missing_recording_is_told_with_its_folder(
    recordings: PaperRecordings,
) -> None:
    with pytest.raises(RecordingMissing, match=r"expected news.en.wav or news.wav in .*recordings"):
        recordings.find("news", "en")
