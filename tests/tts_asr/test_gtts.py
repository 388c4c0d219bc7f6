"""The real gTTS in its real process, against a stand-in for Google on the loopback."""

import importlib.util
import socket
import sys

import psutil
import pytest

from tests.tts_asr.doubles import loudest_frequency, tone
from tests.tts_asr.google import Google, drips, mp3, never_answers, sends, speaks
from tts_asr.engines.gtts import Gtts
from tts_asr.errors import EngineFailed, EngineLate, TextRefused


@pytest.fixture
def engine() -> Gtts:
    engine = Gtts()
    engine.limit_seconds = 20.0  # a laden machine is slow to start Python
    return engine


def test_a_sentence_is_said_by_google(engine: Gtts, google: Google) -> None:
    google.answer = speaks(mp3(tone(700, seconds=1.0, rate=24_000)))
    sound = engine.synthesize("Good morning.", "en")
    assert google.asked == [("Good morning.", "en")]
    assert google.hosts == ["translate.google.com:443"]
    assert sound.rate == 24_000
    assert loudest_frequency(sound) == pytest.approx(700, abs=3)


def test_a_long_sentence_is_fetched_in_parts_that_follow_each_other(
    engine: Gtts, google: Google
) -> None:
    google.answer = speaks(mp3(tone(700, seconds=1.0, rate=24_000)))
    sound = engine.synthesize("many words " * 20, "en")
    assert len(google.asked) > 1
    assert sound.seconds == pytest.approx(len(google.asked), rel=0.2)
    assert loudest_frequency(sound) == pytest.approx(700, abs=3)


@pytest.mark.parametrize(
    ("language", "asked"), [("zh", "zh-CN"), ("zh-HK", "yue"), ("yue", "yue"), ("en-GB", "en")]
)
def test_languages_have_googles_names(
    engine: Gtts, google: Google, language: str, asked: str
) -> None:
    google.answer = speaks(mp3(tone(700, rate=24_000)))
    assert engine.speaks(language)
    engine.synthesize("你好", language)
    assert google.asked == [("你好", asked)]


def test_a_voice_is_a_domain_of_google_and_nothing_else(engine: Gtts, google: Google) -> None:
    google.answer = speaks(mp3(tone(700, rate=24_000)))
    for voice in ("co.uk", "evil.example/", "f3@x", "com:80#"):
        engine.synthesize("Hello.", "en", voice)
    assert google.hosts == ["translate.google.co.uk:443"] + ["translate.google.com:443"] * 3


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "503 .* Upstream API error"),
        (b"HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n", "429"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "gave an empty file"),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n"jQ1olc",[1]', "No audio stream|gTTSError"),
        (b"nonsense", "Failed to connect"),
        (b"", "Failed to connect"),
    ],
)
def test_a_service_that_fails_is_explained(
    engine: Gtts, google: Google, reply: bytes, reason: str
) -> None:
    google.answer = sends(reply)
    with pytest.raises(EngineFailed, match=reason):
        engine.synthesize("Hello.", "en")


def test_what_is_no_mp3_is_refused(engine: Gtts, google: Google) -> None:
    google.answer = speaks(b"<html>captive portal</html>" * 20)
    with pytest.raises(EngineFailed, match="the MP3 from gTTS"):
        engine.synthesize("Hello.", "en")


def test_no_internet_is_explained(engine: Gtts, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
    with pytest.raises(EngineFailed, match="gtts: gTTSError: Failed to connect"):
        engine.synthesize("Hello.", "en")


@pytest.mark.parametrize("answer", [never_answers, drips])
def test_a_service_that_is_late_is_given_up_and_its_process_killed(
    google: Google, answer: object
) -> None:
    google.answer = answer  # type: ignore[assignment]
    engine = Gtts()
    engine.limit_seconds = 1.0
    before = set(psutil.Process().children())
    with pytest.raises(EngineLate, match="gtts: no audio within 1 s"):
        engine.synthesize("Hello.", "en")
    assert set(psutil.Process().children()) <= before


def test_callers_wait_two_seconds_at_most() -> None:
    assert Gtts().limit_seconds == 2.0


@pytest.mark.parametrize("language", ["xx", "", "../en", "x" * 500])
def test_an_unknown_language_is_the_texts_fault(engine: Gtts, language: str) -> None:
    assert not engine.speaks(language)
    with pytest.raises(TextRefused, match="Language not supported"):
        engine.synthesize("Hello.", language)


def test_a_text_without_words_never_leaves_the_house(engine: Gtts, google: Google) -> None:
    for text in ("", " ", "...", "😀"):
        with pytest.raises(TextRefused, match="nothing to say"):
            engine.synthesize(text, "en")
    assert google.asked == []


def test_a_process_that_cannot_start_is_explained(
    engine: Gtts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(EngineFailed, match="cannot be started"):
        engine.synthesize("Hello.", "en")


def test_without_the_package_the_operator_is_told(
    engine: Gtts, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine.available() is None
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert engine.available() == "the Python package gTTS is not installed"
