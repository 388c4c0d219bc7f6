"""What counts as a message."""

import pytest

from ivr_flows.ports import CallFailed
from tests.voicemail.deposit.calls import Strike, leave
from voicemail.deposit.words import (
    AS_BEFORE,
    NO_LONGER,
    NOTHING_HEARD,
    ONCE_MORE,
    SENT,
    TOO_SHORT,
)
from voicemail.ports import Box, Door, Said
from voicemail.simulated import SimulatedMailroom

QUICK = "{box: desk, review: false}"


def test_a_message_is_kept_once_with_thanks() -> None:
    left = leave(QUICK)
    assert [(kept.take, kept.ended_by) for kept in left.room.kept] == [(1, "silence")]
    assert left.room.discarded == []
    assert left.call.heard[-1] == SENT["en"]
    assert left.event == "done"


def test_the_hash_key_ends_it_and_other_keys_do_not() -> None:
    left = leave("{box: desk, greeting: none, review: false}", presses=[(2.5, "1"), (4.0, "2#")])
    assert left.call.recordings[0].seconds == 4.0
    assert [kept.ended_by for kept in left.room.kept] == ["key"]


@pytest.mark.parametrize(("own", "longest"), [("", 180.0), (", max: 20s", 20.0)])
def test_it_is_as_long_as_the_step_or_else_the_box_allows(own: str, longest: float) -> None:
    left = leave(f"{{box: desk, review: false{own}}}", speaks=[900.0])
    assert left.call.recordings[0].seconds == longest
    assert [kept.ended_by for kept in left.room.kept] == ["limit"]
    assert NO_LONGER["en"] in left.heard


def test_a_short_message_is_asked_for_again() -> None:
    left = leave(QUICK, speaks=[1.0, 6.0])
    assert left.takes == [2]
    assert left.heard.index(TOO_SHORT["en"]) < left.heard.index(ONCE_MORE["en"])


def test_how_short_is_too_short_is_the_boxs_affair() -> None:
    room = SimulatedMailroom(doors={"desk": Door(Box(1, "desk", min_seconds=0.5))})
    assert leave(QUICK, room, speaks=[1.0]).takes == [1]


def test_a_silent_message_is_asked_for_again_however_long_it_is() -> None:
    room = SimulatedMailroom(sounds={1: Said(30.0, 0.2), 2: Said(9.0, 4.0)})
    left = leave(QUICK, room)
    assert left.takes == [2]
    assert NOTHING_HEARD["en"] in left.heard


def test_a_recording_that_cannot_be_looked_into_counts_as_speech() -> None:
    assert leave(QUICK, SimulatedMailroom(sounds={})).takes == [1]


def test_three_attempts_without_a_word_leave_nothing() -> None:
    room = SimulatedMailroom(sounds={number: Said(5.0, 0.0) for number in (1, 2, 3)})
    left = leave(QUICK, room, to="on: {nothing: z}", then='{say: "Another time."}')
    assert len(left.call.recordings) == 3
    assert left.takes == []
    assert [none.reason for none in room.discarded] == ["nothing was said in 5.0 s"]
    assert left.call.heard[-2:] == [NOTHING_HEARD["en"], "Another time."]


def test_a_message_is_recorded_again_on_demand() -> None:
    assert leave(keys=["3", "1"], speaks=[5.0, 7.0]).takes == [2]


@pytest.mark.parametrize("seconds", [0.0, 1.0])
def test_a_new_attempt_that_is_no_message_leaves_the_earlier_one(seconds: float) -> None:
    left = leave(keys=["3", "1"], speaks=[5.0, seconds])
    assert left.takes == [1]
    assert AS_BEFORE["en"] in left.heard


@pytest.mark.parametrize(("seconds", "take"), [(1.0, 1), (3.0, 2)])
def test_hanging_up_in_a_new_attempt_keeps_it_from_two_seconds_on(
    seconds: float, take: int
) -> None:
    # What was said before the tone is the same in both calls.
    whole = leave(keys=["3"], speaks=[5.0, 30.0])
    cut = leave(
        keys=["3"], speaks=[5.0, 30.0], hangs_up=whole.call.moment_of("record", 2) + seconds
    )
    assert cut.takes == [take]
    assert cut.event == "hangup"


@pytest.mark.parametrize("said", [None, Said(9.0, 3.0)])
def test_when_the_switch_fails_in_it_what_is_there_is_kept(said: Said | None) -> None:
    room = SimulatedMailroom(sounds={1: said} if said else {})
    strike = Strike(2, lambda: CallFailed("record", "not completed in time"))
    left = leave(QUICK, room, strike=strike)
    assert [(kept.take, kept.ended_by) for kept in room.kept] == [(1, "failed")]
    assert left.event == "done"


def test_when_nothing_can_be_recorded_the_step_fails_and_the_message_is_none() -> None:
    room = SimulatedMailroom(sounds={1: Said(0.0, 0.0)})
    strike = Strike(2, lambda: CallFailed("record", "the disk is full"))
    left = leave(QUICK, room, strike=strike, to="on: {error: z}", then='{say: "Sorry."}')
    assert left.takes == []
    assert len(room.discarded) == 1
    assert left.call.heard[-1] == "Sorry."


@pytest.mark.parametrize(("said", "take"), [(None, 1), (Said(1.0, 0.9), 1), (Said(9.0, 8.0), 2)])
def test_when_only_the_new_attempt_fails_it_is_kept_if_there_is_something_in_it(
    said: Said | None, take: int
) -> None:
    room = SimulatedMailroom(sounds={2: said} if said else {})
    strike = Strike(4, lambda: CallFailed("record", "the disk is full"))
    left = leave("{box: desk, greeting: none}", room, keys=["3", "1"], strike=strike)
    assert left.call.operations[:4] == ["record", "collect", "play", "record"]
    assert left.takes == [take]
    assert left.event == "done"
