"""Dial strings and the words of `originate`."""

import pytest

from softswitch.api.originating import split_words
from softswitch.errors import DialStringError
from softswitch.originate.dialstring import parse_dial_string, parse_variables
from softswitch.variables import expanded, number_of


def test_commas_ring_together_and_bars_in_turn() -> None:
    dial = parse_dial_string("user/200,sofia/internal/201@10.0.0.1|error/USER_BUSY")
    kinds = [[leg.kind for leg in group] for group in dial.groups]
    assert kinds == [["user", "sofia"], ["error"]]


def test_variables_in_brackets_win_over_those_in_braces() -> None:
    dial = parse_dial_string("{a=1,b='2,3'}[a=9]user/200,user/201")
    first, second = dial.groups[0]
    assert first.variables == {"a": "9", "b": "2,3"}
    assert second.variables == {"a": "1", "b": "2,3"}


def test_another_separator_may_be_chosen() -> None:
    assert parse_variables("^^:a=1,2:b=3") == {"a": "1,2", "b": "3"}
    assert parse_variables(r"a=1\,2,b=3") == {"a": "1,2", "b": "3"}


@pytest.mark.parametrize("text", ["", "{a=1", "[x=1", "|", ",".join(["user/1"] * 100)])
def test_what_is_no_dial_string_is_refused(text: str) -> None:
    with pytest.raises(DialStringError):
        parse_dial_string(text)


def test_quotes_and_braces_keep_words_together() -> None:
    words = split_words("{a='b c',d=e f}user/1 '&socket(h:1 async full)' XML")
    assert words == ["{a='b c',d=e f}user/1", "&socket(h:1 async full)", "XML"]


def test_a_value_is_not_expanded_again() -> None:
    assert expanded("${name}!", {"name": "${other}", "other": "x"}) == "${other}!"
    assert expanded("a${missing}b", {}) == "ab"


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("+3s", 3), ("x", 7), ("", 7), ("9" * 40, 100), ("-5", 0)]
)
def test_numbers_stay_within_bounds(text: str, number: int) -> None:
    assert number_of(text, 7, 0, 100) == number
