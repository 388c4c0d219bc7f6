"""The choices after a message."""

import pytest

from tests.voicemail.deposit.calls import leave
from voicemail.deposit.words import HEAR, MARK, MARKED, SEND, SENT, UNMARK, UNMARKED
from voicemail.ports import Box, Door
from voicemail.simulated import SimulatedMailroom


@pytest.mark.parametrize("key", ["1", "#", ""])
def test_the_message_is_sent_by_key_and_by_saying_nothing(key: str) -> None:
    left = leave(keys=[key])
    assert left.takes == [1]
    assert left.call.heard[-1] == SENT["en"]
    assert left.event == "done"


def test_the_message_is_heard() -> None:
    left = leave(keys=["2", "1"])
    assert left.heard.index(HEAR["en"]) < left.heard.index("[message]")
    assert left.takes == [1]


def test_the_best_take_is_the_one_that_is_heard() -> None:
    left = leave(keys=["3", "2", "1"], speaks=[5.0, 30.0])
    assert left.takes == [2]
    assert left.heard.count("[message]") == 1


def test_a_key_while_hearing_is_the_next_choice() -> None:
    heard_from = leave(keys=["2"], speaks=[20.0]).call.moment_of("listen", 2)
    left = leave(keys=["2"], speaks=[20.0], presses=[(heard_from + 1.0, "4")])
    assert left.call.heard[left.call.heard.index("[message]") + 1] == MARKED["en"]
    assert left.room.kept[0].note.urgent


def test_urgent_is_a_switch_and_is_stored_at_once() -> None:
    left = leave(keys=["4", "4", "4", "1"])
    assert [note.urgent for note in left.room.noted] == [True, False, True]
    assert left.room.kept[0].note.urgent
    told = [text for text in left.call.heard if text in (MARKED["en"], UNMARKED["en"])]
    assert told == [MARKED["en"], UNMARKED["en"], MARKED["en"]]
    assert left.heard.index(MARK["en"]) < left.heard.index(UNMARK["en"])


def test_a_wrong_key_is_told_and_asked_again() -> None:
    left = leave(keys=["9", "*", "1"])
    assert left.heard.count(SEND["en"]) == 3
    assert left.takes == [1]


@pytest.mark.parametrize("key", ["2", "4", "9", "3"])
def test_a_caller_who_never_stops_choosing_sends_at_last(key: str) -> None:
    left = leave(keys=[key] * 500)
    assert len(left.room.kept) == 1
    assert left.heard.count(SEND["en"]) <= 20


def test_choices_typed_ahead_are_taken_in_a_row() -> None:
    left = leave(keys=["41"])
    assert left.room.kept[0].note.urgent
    assert left.event == "done"


@pytest.mark.parametrize(
    ("box", "step", "offered"),
    [(True, "box", True), (False, "box", False), (True, "false", False), (False, "true", True)],
)
def test_the_choices_are_offered_as_the_box_or_the_step_says(
    box: bool, step: str, offered: bool
) -> None:
    room = SimulatedMailroom(doors={"desk": Door(Box(1, "desk", review=box))})
    left = leave(f"{{box: desk, review: {step}}}", room)
    assert (SEND["en"] in left.heard) is offered
    assert left.takes == [1]
