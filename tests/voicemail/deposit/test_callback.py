"""The number at which the caller wants to be called back."""

import pytest

from ivr_flows.languages import WRONG_NUMBER
from ivr_flows.number_words import KEY_NUMBER, NUMBER_NOTED, SAME_OR_OTHER
from ivr_flows.ports import Party
from tests.voicemail.deposit.calls import CALLER, Left, leave
from voicemail.ports import Note

ASK = "{box: desk, review: false, callback: ask}"
NOT_ASKED = "{box: desk, review: false}"
NOBODY = Party("", withheld=True)


def numbers(left: Left) -> list[tuple[str, bool]]:
    """What was noted, in order."""
    return [(note.callback_number, note.callback_confirmed) for note in left.room.noted]


def test_nobody_is_asked_unless_the_flow_says_so() -> None:
    left = leave(NOT_ASKED)
    assert SAME_OR_OTHER["en"] not in left.heard
    assert left.room.kept[0].note == Note()


def test_the_callers_own_number_is_said_and_confirmed() -> None:
    left = leave(ASK, keys=["1"])
    assert "Your number is five five five, zero one zero zero." in left.call.heard
    assert left.room.kept[0].note == Note(callback_number="5550100", callback_confirmed=True)


def test_another_number_is_said_digit_by_digit_and_confirmed() -> None:
    left = leave(ASK, keys=["0301234567#", "1"])
    assert "You keyed zero three zero, one two three, four five six seven." in left.call.heard
    assert numbers(left) == [("0301234567", False), ("0301234567", True)]
    assert left.room.kept[0].note.callback_confirmed


def test_a_number_that_was_mistyped_is_keyed_again() -> None:
    left = leave(ASK, keys=["0301234567#", "2", "0307654321#", "1"])
    assert numbers(left)[1] == ("", False)
    assert left.room.kept[0].note == Note(callback_number="0307654321", callback_confirmed=True)


def test_a_number_that_is_not_confirmed_is_kept_as_such() -> None:
    left = leave(ASK, keys=["0301234567#", ""])
    assert left.room.kept[0].note == Note(callback_number="0301234567")


@pytest.mark.parametrize(
    "caller",
    [
        NOBODY, Party("anonymous"), Party(""), Party("5550100", withheld=True),
        Party("'; drop table messages; --"), Party("{{ 7 * 7 }}"), Party("12"), Party("1" * 400),
        Party("555\r\n0100"), Party("٠١٢٣٤٥"),
    ],
)  # fmt: skip
def test_who_shows_no_number_is_always_asked_for_one(caller: Party) -> None:
    left = leave(NOT_ASKED, caller=caller, keys=["0301234567#", "1"])
    assert KEY_NUMBER["en"] in left.heard
    assert left.room.kept[0].note == Note(callback_number="0301234567", callback_confirmed=True)


@pytest.mark.parametrize("keys", ["", "#"])
def test_a_caller_may_leave_no_number(keys: str) -> None:
    left = leave(NOT_ASKED, caller=NOBODY, keys=[keys])
    assert left.room.noted == []
    assert left.room.kept[0].note == Note()


def test_a_lone_one_confirms_nothing_where_no_number_was_said() -> None:
    left = leave(NOT_ASKED, caller=NOBODY, keys=["1#", "#"])
    assert WRONG_NUMBER["en"] in left.heard
    assert left.room.kept[0].note == Note()


@pytest.mark.parametrize("keys", ["12#", "03*1234567#", "1234567890123456#", "*#"])
def test_what_is_no_number_is_told_and_asked_again(keys: str) -> None:
    left = leave(ASK, keys=[keys, "0301234567#", "1"])
    assert left.heard.count(WRONG_NUMBER["en"]) == 1
    assert left.room.kept[0].note.callback_number == "0301234567"


@pytest.mark.parametrize("keys", ["12#", "9" * 64, "0301234567#2", "*" * 30])
def test_a_caller_who_never_keys_a_number_is_let_go(keys: str) -> None:
    left = leave(ASK, keys=[keys] * 100)
    assert len(left.room.kept) == 1
    assert left.heard.count(SAME_OR_OTHER["en"]) <= 3


def test_a_hang_up_after_the_number_was_keyed_keeps_it() -> None:
    question = leave(ASK, keys=["0301234567#"]).call.moment_of("collect", 2)
    left = leave(ASK, keys=["0301234567#"], hangs_up=question + 0.5)
    assert left.event == "hangup"
    assert left.room.kept[0].note == Note(callback_number="0301234567")


def test_the_number_can_be_changed_among_the_other_choices() -> None:
    left = leave("desk", keys=["5", "0301234567#", "1", "4", "1"])
    assert NUMBER_NOTED["en"] in left.heard
    assert left.room.kept[0].note == Note(True, "0301234567", True)


def test_a_number_with_its_country_code_is_said_with_it() -> None:
    left = leave(ASK, caller=Party("+493012345"), keys=["1"])
    assert "Your number is plus four nine" in left.heard
    assert left.room.kept[0].note.callback_number == "+493012345"


@pytest.mark.parametrize(("language", "words"), [("zh", "您输入的是"), ("yue", "你輸入嘅係")])
def test_numbers_are_said_in_the_language_of_the_message(language: str, words: str) -> None:
    step = f"{{box: desk, review: false, callback: ask, language: {language}}}"
    left = leave(step, caller=CALLER, keys=["0301234567#", "1"])
    assert any(text.startswith(words) for text in left.call.heard)
    assert not any(letter in left.heard for letter in "abcdefg")
