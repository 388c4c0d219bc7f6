"""Numbers out of the words that an engine heard."""

import pytest

from tests.tts_asr.heard import messages, vosk
from tts_asr.spoken_digits import LEAST_CONFIDENCE, digits_in
from tts_asr.transcript import UNCLEAR, Transcript, Word


def heard(text: str, language: str = "en", engine: str = "vosk", sure: float = 1.0) -> Transcript:
    words = tuple(Word(word, 0.0, 0.0, sure) for word in text.split())
    return Transcript(words, text, language, engine, "model", 5.0, 4.0)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("five five five two one oh seven", "5552107"),
        ("zero one two three four five six seven eight nine", "0123456789"),
        ("my number is five five five two one oh seven thank you goodbye", "5552107"),
        ("double five two triple oh seven", "55200 0 7".replace(" ", "")),
        ("treble nine", "999"),
        ("oh five um five and then two dash one", "05521"),
        ("Five FIVE fIVE", "555"),
        ("oh hello my number is five two one", "521"),
        ("oh no oh please oh three oh", "030"),
    ],
)
def test_english_digits(text: str, digits: str) -> None:
    assert digits_in(heard(text)) == digits


@pytest.mark.parametrize("language", ["zh", "yue", "zh-CN", "zh_TW"])
@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("五五五二一零七", "5552107"),
        ("零 〇 一 幺 二 两 三 四 五 六 七 八 九", "0011223456789"),
        ("我的 电话号码 是 幺三八 零零 一二三四 谢谢", "138001234"),
        ("我嘅電話號碼係 九八七 嗯 兩一零三 唔該", "9872103"),
    ],
)
def test_chinese_digits_joined_or_not(language: str, text: str, digits: str) -> None:
    assert digits_in(heard(text, language)) == digits


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello please call me back",
        "five five banana two one oh seven",  # a digit that was misheard, perhaps
        "i have two dogs and my number is five five five",
        f"five five {UNCLEAR} two one",
        "twenty one oh seven five",
        "plus four nine three oh",
        "eight hundred five five five",
        "five double",
        "double double five",
        "double banana",
        "'; drop table messages; --",
        "5552107",
        "٥ ٥ ٥",
        "five\x00 \ud800",
        "五 五",
        "o" * 10_000,
    ],
)
def test_what_is_not_clearly_one_number_is_none(text: str) -> None:
    assert digits_in(heard(text)) == ""


@pytest.mark.parametrize("text", ["二十五五五", "五百", "等一下五五五二", "five two", "加四九三零"])
def test_what_is_not_clearly_one_number_in_chinese_is_none(text: str) -> None:
    assert digits_in(heard(text, "zh")) == ""


def test_an_endless_row_is_read_in_a_moment() -> None:
    assert digits_in(heard("oh hello " * 50_000 + "oh no " * 50_000 + "ten")) == ""
    assert digits_in(heard("double five " * 50_000)) == "5" * 100_000


def test_of_languages_without_digits_here_none_is_heard() -> None:
    assert digits_in(heard("five five five", "de")) == ""


def with_confidence(*told: tuple[str, float | None], engine: str = "vosk") -> Transcript:
    words = tuple(Word(text, 0.0, 0.0, confidence) for text, confidence in told)
    return Transcript(words, "", "en", engine, "model", 5.0, 4.0)


LEAST = LEAST_CONFIDENCE["vosk"]


def test_a_number_with_a_doubtful_digit_is_none() -> None:
    assert digits_in(with_confidence(("five", 1.0), ("two", LEAST - 0.01), ("one", 1.0))) == ""
    assert digits_in(with_confidence(("five", 1.0), ("double", 0.1), ("one", 1.0))) == ""
    assert digits_in(with_confidence(("five", 1.0), ("two", LEAST), ("one", 1.0))) == "521"


def test_doubtful_words_beside_the_number_do_no_harm() -> None:
    assert digits_in(with_confidence(("call", 0.2), ("five", 1.0), ("um", 0.1), ("one", 1.0))) == (
        "51"
    )


def test_digits_of_an_engine_without_confidences_are_taken() -> None:
    assert digits_in(with_confidence(("five", 0.0001), ("two", 0.0001), engine="pocketsphinx")) == (
        "52"
    )
    assert digits_in(with_confidence(("five", None), ("two", None))) == "52"


def test_in_whole_messages_the_number_is_found_unless_another_stands_beside_it() -> None:
    found = {
        message.path.stem: digits_in(vosk().transcribe(message.path)) for message in messages()
    }
    assert found == {"news_tip": "5552107", "late_paper": "8294160", "cancel": ""}
