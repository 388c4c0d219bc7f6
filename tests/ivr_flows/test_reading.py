"""YAML as people write it, with its places."""

from datetime import date, datetime
from typing import Any

import pytest

from ivr_flows.errors import FlowInvalid
from ivr_flows.reading import read_document
from ivr_flows.scalars import as_text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12), ("0123", 123), ("-4", -4), ("1.5", 1.5), ("true", True), ("~", None),
        ("yes", "yes"), ("on", "on"), ("2027-05-03", date(2027, 5, 3)),
        ("2027-05-03 14:30:00", datetime(2027, 5, 3, 14, 30)), ("2027-13-40", "2027-13-40"),
        ("0x1F", "0x1F"), ("'12'", "12"), ("!!str 12", "12"), ("1_000", 1000), (".inf", ".inf"),
    ],
)  # fmt: skip
def test_a_scalar_is_what_people_mean(written: str, value: Any) -> None:
    assert read_document(f"a: {written}\n", "x.yaml").data["a"] == value


def test_a_number_keeps_how_it_was_written() -> None:
    assert as_text(read_document("a: 0123\n", "x.yaml").data["a"]) == "0123"


def test_keys_are_words_whatever_they_look_like() -> None:
    assert read_document("1: a\non: b\n~: c\n", "x.yaml").data == {"1": "a", "on": "b", "~": "c"}


def test_each_value_has_its_line_and_column() -> None:
    document = read_document("a:\n  b: [1, {c: 2}]\n", "x.yaml")
    assert document.place(("a", "b", 1, "c")) == (2, 14)
    assert document.place(("a", "b", 1, "c"), at_key=True) == (2, 11)
    assert document.place(("a", "b", 7)) == (2, 6)


def test_an_alias_repeats_a_value() -> None:
    assert read_document("a: &x [1]\nb: *x\n", "x.yaml").data["b"] == [1]


def test_a_file_may_begin_with_a_byte_order_mark() -> None:
    assert read_document(b"\xef\xbb\xbfa: 1\n", "x.yaml").data == {"a": 1}


@pytest.mark.parametrize(
    "text",
    ["", "\n# only a comment\n", "a: [", "a: b: c", "\x00", "%YAML 9.9\n---\na: 1", "a: 'b",
     "[" * 5000, "{" * 5000, "a: " * 300, "- " * 3000, "&a [*a]", "? " * 2000, "--- >\n" * 50],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_what_is_no_yaml_is_told_as_such(text: str) -> None:
    with pytest.raises(FlowInvalid):
        document = read_document(text, "x.yaml")
        raise FlowInvalid(document.problems or [])
