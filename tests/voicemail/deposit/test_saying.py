"""A call-back number that is said instead of keyed."""

from typing import Any

import pytest

from ivr_flows.languages import LANGUAGES, WRONG_NUMBER
from ivr_flows.number_words import KEY_NUMBER, NUMBER_NOTED
from ivr_flows.ports import CallFailed, Party, SwitchLost
from ivr_flows.sentences import Words
from tests.voicemail.deposit.calls import Left, Strike, leave
from voicemail.deposit.number_words import (
    DIGIT_BY_DIGIT,
    NOT_MADE_OUT,
    ONE_MOMENT,
    SAY_IT,
)
from voicemail.ports import Note

PLAIN = "{box: desk, review: false}"
NOBODY = Party("", withheld=True)
SAID = Note(callback_number="5552107", callback_confirmed=True)


def say(*keys: str, numbers: list[str | None] | None, step: str = PLAIN, **rest: Any) -> Left:
    """A caller without a number who leaves a message, and keys these."""
    return leave(step, caller=NOBODY, keys=keys, numbers=numbers, **rest)


def heard_times(left: Left, words: Words, language: str = "en") -> int:
    return left.heard.count(words[language])


def test_a_number_that_is_said_is_read_back_and_confirmed() -> None:
    left = say("*", "1", numbers=["5552107"])
    places = [
        left.call.heard.index(text)
        for text in (
            SAY_IT["en"],
            DIGIT_BY_DIGIT["en"],
            ONE_MOMENT["en"],
            "We heard five five five, two one zero seven.",
            NUMBER_NOTED["en"],
        )
    ]
    assert places == sorted(places)
    assert [note.callback_confirmed for note in left.room.noted] == [False, True]
    assert left.room.kept[0].note == SAID


def test_what_was_said_is_no_part_of_the_message() -> None:
    left = say("*", "1", numbers=["5552107"])
    message, number = left.call.recordings
    assert left.takes == [1]
    assert message.path == left.room.begun[0].take(1)
    assert number.path.name == "scratch-1.wav"


def test_a_caller_who_shows_a_number_may_say_another() -> None:
    left = leave("{box: desk, review: false, callback: ask}", keys=["*", "1"], numbers=["5552107"])
    assert left.room.kept[0].note == SAID


def test_the_number_can_be_said_among_the_other_choices() -> None:
    left = leave("desk", keys=["5", "*", "1", "4", "1"], numbers=["5552107"])
    assert left.room.kept[0].note == Note(True, "5552107", True)


def test_a_number_that_was_not_made_out_is_said_once_more() -> None:
    left = say("*", "1", numbers=["", "5552107"])
    assert heard_times(left, NOT_MADE_OUT) == 1
    assert heard_times(left, KEY_NUMBER) == 1
    assert left.room.kept[0].note == SAID


@pytest.mark.parametrize("heard", ["", "12", "1" * 16, "five", "٥٥٥٢١٠٧", "555\n2107", "+5552107"])
def test_what_is_no_number_twice_is_asked_for_by_keys(heard: str) -> None:
    left = say("*", "0301234567#", "1", numbers=[heard, heard])
    assert heard_times(left, NOT_MADE_OUT) == 2
    assert heard_times(left, SAY_IT) == 1
    assert left.room.kept[0].note == Note(callback_number="0301234567", callback_confirmed=True)


def test_a_number_that_was_misheard_is_said_again() -> None:
    left = say("*", "2", "*", "1", numbers=["5552106", "5552107"])
    assert [note.callback_number for note in left.room.noted] == ["5552106", "", *["5552107"] * 2]
    assert left.room.kept[0].note == SAID


def test_a_number_that_was_misheard_twice_is_keyed() -> None:
    left = say("*", "2", "*", "2", "0301234567#", "1", numbers=["5552106"] * 2)
    assert heard_times(left, SAY_IT) == 2
    assert left.room.kept[0].note.callback_number == "0301234567"


def test_a_number_that_cannot_be_heard_in_time_is_keyed_at_once() -> None:
    left = say("*", "0301234567#", "1", numbers=[None, "5552107"])
    assert heard_times(left, DIGIT_BY_DIGIT) == 1
    assert left.room.kept[0].note.callback_number == "0301234567"


def test_a_number_that_is_not_confirmed_is_kept_as_such() -> None:
    left = say("*", "", numbers=["5552107"])
    assert left.room.kept[0].note == Note(callback_number="5552107")


def test_a_star_after_digits_takes_them_back() -> None:
    left = say("030*", "1", numbers=["5552107"])
    assert left.room.kept[0].note == SAID


def test_where_nobody_hears_numbers_they_are_keyed_only() -> None:
    left = say("*#", "0301234567#", "1", numbers=None)
    assert heard_times(left, SAY_IT) == 0
    assert heard_times(left, WRONG_NUMBER) == 1
    assert left.room.kept[0].note.callback_number == "0301234567"


def test_a_hash_key_that_comes_after_the_silence_answers_no_question() -> None:
    asked = say("*", "1", numbers=["5552107"])
    late = asked.call.moments[asked.call.operations.index("listen", 3)] + 0.2
    left = say("*", "1", numbers=["5552107"], presses=[(late, "#")])
    assert left.room.kept[0].note == SAID


def test_a_caller_who_presses_stars_only_is_let_go() -> None:
    left = say(*["*" * 30] * 100, numbers=[""] * 100)
    assert len(left.room.kept) == 1
    assert heard_times(left, DIGIT_BY_DIGIT) <= 2


def test_where_the_number_cannot_be_recorded_it_is_keyed() -> None:
    at = say("*", "1", numbers=["5552107"]).call.operations.index("record", 2) + 1
    refused = Strike(at, lambda: CallFailed("record", "the disk is full"))
    left = say("*", "0301234567#", "1", numbers=["5552107"], strike=refused)
    assert heard_times(left, SAY_IT) == 1
    assert left.room.kept[0].note.callback_number == "0301234567"


@pytest.mark.parametrize(
    "error", [CallFailed("play", "FILE NOT FOUND"), SwitchLost("end of file")], ids=str
)
def test_whatever_breaks_the_message_is_kept(error: Exception) -> None:
    whole = say("*", "1", numbers=["5552107"])
    first = whole.call.operations.index("record") + 2
    for at in range(first, len(whole.call.operations) + 1):
        left = say("*", "1", numbers=["5552107"] * 2, strike=Strike(at, lambda: error))
        assert left.takes == [1], at


def test_a_hang_up_while_the_number_is_said_keeps_the_message_without_one() -> None:
    whole = say("*", "1", numbers=["5552107"])
    left = say("*", numbers=["5552107"], hangs_up=whole.call.moment_of("record", 2) + 2.0)
    assert left.event == "hangup"
    assert left.room.kept[0].note == Note()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_is_asked_for_in_the_language_of_the_message(language: str) -> None:
    step = f"{{box: desk, review: false, language: {language}}}"
    left = say("*", "1", numbers=["", "5552107"], step=step)
    for words in (SAY_IT, DIGIT_BY_DIGIT, ONE_MOMENT, NOT_MADE_OUT):
        assert heard_times(left, words, language)
    assert left.room.kept[0].note == SAID
