"""espeak-ng for real: what it says is measured, not assumed."""

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import espeakng_loader
import pytest

from tests.tts_asr.doubles import likeness
from tts_asr.engines import espeak_library
from tts_asr.engines.espeak import Espeak
from tts_asr.errors import EngineFailed, EngineLate, TextRefused
from tts_asr.levels import trim
from tts_asr.resampling import resample
from tts_asr.sound import Sound, read_sound


@pytest.fixture
def espeak() -> Espeak:
    return Espeak()


def test_it_is_available_wherever_the_box_is_installed(espeak: Espeak) -> None:
    assert espeak.available() is None


@pytest.mark.parametrize("language", ["en", "en-GB", "en_US", "zh", "zh-HK", "yue", "fr", "de-AT"])
def test_it_speaks_the_languages_of_flows(espeak: Espeak, language: str) -> None:
    assert espeak.speaks(language)


@pytest.mark.parametrize("language", ["", "xx", "../en", "en\x00", "😀", "x" * 500, "file:///etc"])
def test_an_unknown_language_is_refused_and_not_said_in_the_last_one(
    espeak: Espeak, language: str
) -> None:
    espeak.synthesize("hello", "en")
    assert not espeak.speaks(language)
    with pytest.raises(EngineFailed, match="no voice for language"):
        espeak.synthesize("hello", language)


def test_the_same_words_sound_the_same_each_time(espeak: Espeak) -> None:
    first, second = (espeak.synthesize("Welcome to the paper.", "en") for _ in "ab")
    assert likeness(first, second) > 0.9


def test_mandarin_and_cantonese_read_characters_each_in_its_own_way(espeak: Espeak) -> None:
    mandarin = espeak.synthesize("二零二七年五月三号星期一", "zh")
    cantonese = espeak.synthesize("二零二七年五月三号星期一", "yue")
    # Twelve syllables: espeak 1.51 spells them out as English letters, for half a minute.
    assert 2 < mandarin.seconds < 5
    assert 2 < cantonese.seconds < 5
    assert likeness(mandarin, cantonese) < 0.5


@pytest.mark.parametrize("language", ["zh", "yue"])
def test_more_characters_take_longer_and_other_characters_sound_different(
    espeak: Espeak, language: str
) -> None:
    short, long = (espeak.synthesize(text, language) for text in ("一二三", "一二三四五六"))
    other = espeak.synthesize("七八九", language)
    assert 1.5 < long.seconds / short.seconds < 2.5
    assert likeness(short, other) < 0.6


def test_telephone_speech_has_the_pitch_and_speed_of_espeaks_own_program(
    espeak: Espeak, tmp_path: Path
) -> None:
    program = shutil.which("espeak-ng")
    if not program:
        pytest.skip("needs the program espeak-ng (Debian package espeak-ng)")
    text = "The subscription ends on the third of May."
    subprocess.run([program, "-v", "en", "-w", str(tmp_path / "own.wav"), text], check=True)
    own = trim(read_sound(tmp_path / "own.wav"), text)
    ours = trim(resample(espeak.synthesize(text, "en"), 8_000), text)
    assert ours.seconds == pytest.approx(own.seconds, rel=0.03)
    assert likeness(own, ours) > 0.9


def test_a_voice_is_a_wish(espeak: Espeak) -> None:
    usual = espeak.synthesize("Good morning.", "en")
    assert likeness(usual, espeak.synthesize("Good morning.", "en", "f3")) < 0.9
    for unknown in ("nobody", "../../../etc/passwd", "f3\x00", "x" * 300):
        assert likeness(usual, espeak.synthesize("Good morning.", "en", unknown)) > 0.9


@pytest.mark.parametrize(
    "text", ["[[h@l'oU]]", "<speak>hi</speak>", "100% \\ \" ' ${x} {{ y }}", "a" * 400, "你" * 400]
)
def test_strange_words_are_said(espeak: Espeak, text: str) -> None:
    assert espeak.synthesize(text, "en").seconds > 0.1


@pytest.mark.parametrize("text", ["", "...", "😀", "a" * 401])
def test_what_cannot_be_said_is_refused(espeak: Espeak, text: str) -> None:
    with pytest.raises(TextRefused):
        espeak.synthesize(text, "en")


def test_a_late_sentence_is_stopped(espeak: Espeak) -> None:
    espeak.limit_seconds = 0.0
    with pytest.raises(EngineLate, match="no audio within 0 s"):
        espeak.synthesize("Too late. " * 30, "en")
    espeak.limit_seconds = 2.0
    assert espeak.synthesize("In time.", "en").seconds > 0.3


def test_threads_do_not_speak_into_each_other(espeak: Espeak) -> None:
    alone = {language: espeak.synthesize("三十五", language) for language in ("zh", "yue")}
    heard: list[tuple[str, Sound]] = []

    def speak(language: str) -> Callable[[], None]:
        return lambda: heard.append((language, espeak.synthesize("三十五", language)))

    threads = [threading.Thread(target=speak(language)) for language in ["zh", "yue"] * 8]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(heard) == 16
    assert all(likeness(sound, alone[language]) > 0.9 for language, sound in heard)


def test_a_missing_library_is_told_to_the_operator(
    espeak: Espeak, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "none.so"))
    espeak_library.library.cache_clear()
    try:
        assert "none.so" in str(espeak.available())
    finally:
        monkeypatch.undo()
        espeak_library.library.cache_clear()


def test_a_data_path_that_the_library_would_cut_is_refused(
    espeak: Espeak, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: "/x" * 100)
    espeak_library.library.cache_clear()
    try:
        assert "longer than 159 bytes" in str(espeak.available())
    finally:
        monkeypatch.undo()
        espeak_library.library.cache_clear()
