"""What the filters refuse: values come from callers' keys and strangers' databases."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_flows.speaking import FILTERS, LanguageUnknown, SpeakingError


@pytest.mark.parametrize(
    ("name", "value", "arguments"),
    [
        ("date", "tomorrow", ()),
        ("date", "2027-02-30", ()),
        ("date", None, ()),
        ("date", True, ()),
        ("date", "2027-05-03" * 9, ()),
        ("date", "2027-05-03", ("fancy",)),
        ("time", "25:00", ()),
        ("time", "930", ()),
        ("time", 9, ()),
        ("time", "09:00", ("13",)),
        ("money", "12", ()),
        ("money", "12", ("XXX",)),
        ("money", "$12", ()),
        ("money", "EUR 1e5", ()),
        ("money", "--5", ("EUR",)),
        ("money", Decimal("1e15"), ("EUR",)),
        ("number", "", ()),
        ("number", "1 million", ()),
        ("number", float("nan"), ()),
        ("number", float("inf"), ()),
        ("number", Decimal("sNaN"), ()),
        ("number", 10**15, ()),
        pytest.param("number", 10**100_000, (), id="a number of 100,000 digits"),
        ("number", "9" * 100_000, ()),
        ("number", Decimal("1e999999"), ()),
        ("number", True, ()),
        ("number", [1], ()),
        ("digits", "12a", ()),
        ("digits", "", ()),
        ("digits", "1" * 41, ()),
        ("digits", "12", (0,)),
        pytest.param("digits", "12", (10**100_000,), id="groups of 100,000 digits"),
        ("digits", "12", ("3",)),
        ("digits", "٣", ()),
        ("phone", "anonymous", ()),
        ("phone", "+", ()),
        ("phone", "1" * 21, ()),
        ("phone", "12;drop", ()),
        ("ordinal", -1, ()),
        ("ordinal", "1.5", ()),
        ("spell", "", ()),
        ("spell", "😀\x00", ()),
        ("spell", "a" * 81, ()),
        ("spell", None, ()),
    ],
)
def test_a_bad_value_is_refused_with_what_was_expected(
    name: str, value: object, arguments: tuple[object, ...]
) -> None:
    for language in ("en", "zh", "yue"):
        with pytest.raises(SpeakingError, match="cannot be spoken, expected") as refusal:
            FILTERS[name](value, language, *arguments)
        assert len(str(refusal.value)) < 300


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(LanguageUnknown, match=r"'tlh'.*en, zh or yue"):
        FILTERS["number"](1, "tlh")


SCALARS = (
    st.text()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.booleans()
    | st.none()
    | st.dates()
    | st.times()
    | st.from_regex(r"[+(]?[0-9 *#./:,€$-]{1,25}", fullmatch=True)
)


@given(
    value=SCALARS, name=st.sampled_from(sorted(FILTERS)), language=st.sampled_from(["en", "yue"])
)
def test_any_value_gives_words_or_a_refusal(value: object, name: str, language: str) -> None:
    try:
        spoken = FILTERS[name](value, language)
    except SpeakingError:
        return
    assert 0 < len(spoken) < 1000
    assert not any(character.isdecimal() for character in spoken if name != "spell")


@given(date=st.dates(), time=st.times(), number=st.integers(-(10**15) + 1, 10**15 - 1))
def test_every_date_time_and_number_has_words(date: dt.date, time: dt.time, number: int) -> None:
    for language in ("en", "zh", "yue"):
        assert FILTERS["date"](date, language)
        assert FILTERS["time"](time, language)
        assert FILTERS["number"](number, language)
