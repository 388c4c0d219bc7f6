"""Where a text is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_flows.speaking.sentences import MAX_PIECE, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n\t ", []),
        ("...!?", []),
        ("😀", []),
        ("Welcome", ["Welcome"]),
        ("Welcome. Press 1!  Or 2?", ["Welcome.", "Press 1!", "Or 2?"]),
        ("It costs 3.50 a day. Really.", ["It costs 3.50 a day.", "Really."]),
        ("Dr. Smith and Mrs. Jones.", ["Dr. Smith and Mrs. Jones."]),
        ("By J. A. Smith. Good day.", ["By J. A. Smith.", "Good day."]),
        ("Go to Main St. The door is red.", ["Go to Main St.", "The door is red."]),
        ("St. James is here.", ["St. James is here."]),
        ("Room No. 5 is free.", ["Room No. 5 is free."]),
        ("Closed? No. Come in.", ["Closed?", "No.", "Come in."]),
        ("At 9 a.m. on Monday.", ["At 9 a.m. on Monday."]),
        ("At 9 a.m. The desk opens.", ["At 9 a.m.", "The desk opens."]),
        ("At nine a.m.. Come in.", ["At nine a.m..", "Come in."]),
        ("Apples, etc. are sold.", ["Apples, etc. are sold."]),
        ("Wait... Now.", ["Wait...", "Now."]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("One line\nanother", ["One line", "another"]),
        ("See www.paper.example or v1.2 now.", ["See www.paper.example or v1.2 now."]),
        ("您好。欢迎致电！请按1？", ["您好。", "欢迎致电！", "请按1？"]),
        ("「好。」再見……完", ["「好。」", "再見……", "完"]),
        ("价格是3.5元。", ["价格是3.5元。"]),
        ("你好 Mr. Chan。再见", ["你好 Mr. Chan。", "再见"]),
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text, "en") == sentences


@pytest.mark.parametrize(
    "text", ["many words, " * 60, "many words " * 60, "很多字，" * 200, "字" * 700, "1,000 " * 100]
)
def test_a_long_sentence_is_cut_and_loses_nothing(text: str) -> None:
    pieces = split_sentences(text, "zh")
    assert len(pieces) > 1
    assert all(len(piece) <= MAX_PIECE for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_long_sentence_is_cut_after_a_comma_where_it_has_one() -> None:
    pieces = split_sentences("1,000 copies are sold here, " * 30, "en")
    assert all(piece.endswith("here,") for piece in pieces)


@pytest.mark.parametrize("row", [".", '."', "。", "a. ", "A.", " ", "Dr. ", ", ", "\n", "(“"])
def test_a_hostile_row_of_marks_is_cut_without_blowing_up(row: str) -> None:
    assert all(len(piece) <= MAX_PIECE for piece in split_sentences(row * 100_000 + "x", "en"))


@given(st.text(), st.text())
def test_a_sentence_is_cut_alike_whatever_follows_it(before: str, after: str) -> None:
    constant = split_sentences(f"{before}\n", "en")
    assert split_sentences(f"{before}\n{after}", "en")[: len(constant)] == constant
