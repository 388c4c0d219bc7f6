"""How many messages there are, and how long to wait, in words."""

import pytest

from ivr_flows.languages import LANGUAGES
from voicemail.access.words import CONSTANT, actions, listening, menus, signing
from voicemail.access.words.amounts import phone_number, span
from voicemail.access.words.counting import spoken_counts
from voicemail.ports import Counts

COUNTED = [
    (Counts(), "You have no messages.", "您没有留言。"),
    (Counts(new=1), "You have one new message.", "您有一条新留言。"),
    (
        Counts(new=1, urgent_new=1),
        "You have one new message, which is urgent.",
        "您有一条新留言，是紧急的。",
    ),
    (Counts(new=2), "You have two new messages.", "您有两条新留言。"),
    (
        Counts(new=3, urgent_new=1, saved=2),
        "You have three new messages, one of them urgent, and two saved messages.",
        "您有三条新留言，其中一条是紧急的，还有两条已保存的留言。",
    ),
    (
        Counts(new=12, urgent_new=12),
        "You have twelve new messages, all of them urgent.",
        "您有十二条新留言，全部是紧急的。",
    ),
    (
        Counts(new=2, saved=1),
        "You have two new messages and one saved message.",
        "您有两条新留言，还有一条已保存的留言。",
    ),
    (
        Counts(saved=1, urgent_saved=1),
        "You have no new messages and one saved message.",
        "您没有新留言，有一条已保存的留言。",
    ),
    (
        Counts(new=10_000),
        "You have ten thousand new messages.",
        "您有一万条新留言。",
    ),
]


@pytest.mark.parametrize(("counts", "english", "mandarin"), COUNTED)
def test_counts_are_said_as_people_say_them(counts: Counts, english: str, mandarin: str) -> None:
    assert spoken_counts(counts, "en") == english
    assert spoken_counts(counts, "zh") == mandarin


def test_counts_in_cantonese() -> None:
    counts = Counts(new=2, urgent_new=1, saved=1)
    assert (
        spoken_counts(counts, "yue") == "你有兩個新留言，其中一個係緊急嘅，仲有一個已儲存嘅留言。"
    )


@pytest.mark.parametrize(
    ("seconds", "english", "mandarin"),
    [
        (0.2, "one second", "一秒"),
        (2, "two seconds", "两秒"),
        (60, "one minute", "一分钟"),
        (90, "ninety seconds", "九十秒"),
        (119.5, "two minutes", "两分钟"),
        (241, "five minutes", "五分钟"),
        (3600, "one hour", "一小时"),
        (5400, "ninety minutes", "九十分钟"),
    ],
)
def test_a_wait_is_rounded_up_to_what_people_say(
    seconds: float, english: str, mandarin: str
) -> None:
    assert (span(seconds, "en"), span(seconds, "zh")) == (english, mandarin)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("5550100", "five five five, zero one zero zero"),
        ("+442079460123", "plus four four"),
        ("ann", "A, N, N"),
        ("x" * 5000, ", ".join("X" * 20)),
        ("", ""),
        ("\x00\x07", ""),
        ("😀", ""),
    ],
)
def test_whatever_a_caller_sends_as_a_number_is_said_shortly_or_not_at_all(
    number: str, words: str
) -> None:
    spoken = phone_number(number, "en")
    assert spoken.startswith(words) if words else spoken == ""
    assert len(spoken) < 200


@pytest.mark.parametrize("module", [actions, listening, menus, signing])
def test_every_sentence_exists_in_every_language_with_the_same_gaps(module: object) -> None:
    tables = {name: table for name, table in vars(module).items() if isinstance(table, dict)}
    sentences = {name: table for name, table in tables.items() if "en" in table}
    assert len(sentences) > 3
    for name, sentence in sentences.items():
        assert set(sentence) == set(LANGUAGES), name
        gaps = {text.count("{") for text in sentence.values()}
        assert len(gaps) == 1, name


def test_what_can_be_rendered_ahead_has_no_gap() -> None:
    assert menus.MAIN in CONSTANT
    assert not [words for words in CONSTANT if "{" in words["zh"]]
