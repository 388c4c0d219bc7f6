"""Places in a room, who may speak there, and what keys mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esl.conference_list import Member
from lines.rooms.floor import MOST_NOTED, VOICES, Floor
from lines.rooms.keys import WITHIN, Keypads, Wish
from lines.rooms.seats import Seats


def test_of_a_thousand_who_come_at_once_so_many_get_in_as_the_room_takes() -> None:
    seats = Seats()
    let_in = [seats.take("room-1", f"call-{n}", (), 50) for n in range(1_000)]
    assert let_in == [True] * 50 + [False] * 950


def test_a_place_that_was_left_is_taken_by_the_next() -> None:
    seats = Seats()
    assert seats.take("room-1", "ann", (), 1)
    assert not seats.take("room-1", "bob", (), 1)
    seats.leave("room-1", "ann")
    assert seats.take("room-1", "bob", (), 1)


def test_members_whom_only_the_switch_knows_count_once_each() -> None:
    seats = Seats()
    assert seats.take("room-1", "ann", ("old", "older"), 3)
    assert seats.take("room-2", "bob", (), 1)
    assert not seats.take("room-1", "cleo", ("old", "older", "ann"), 3)


def test_who_asks_twice_for_a_place_has_one() -> None:
    seats = Seats()
    assert seats.take("room-1", "ann", (), 1)
    assert seats.take("room-1", "ann", ("ann",), 1)


floors = st.builds(
    Floor, st.sets(st.integers(1, 2**31)), st.integers(0, 2**31), st.booleans(), st.booleans()
)


@given(floors)
def test_what_the_switch_keeps_gives_the_same_floor_again(floor: Floor) -> None:
    assert Floor.of(floor.notes) == floor


@given(st.dictionaries(st.sampled_from(["voices", "word", "hushed", "begun"]), st.text()))
def test_any_note_is_read(notes: dict[str, str]) -> None:
    Floor.of(notes)


def test_more_voices_than_a_note_takes_lose_only_the_last() -> None:
    many = Floor(set(range(10_000, 11_000)))
    note = many.notes[VOICES]
    assert len(note) <= MOST_NOTED
    assert Floor.of(many.notes).voices < many.voices


@pytest.mark.parametrize(
    ("member", "floor", "may"),
    [
        (Member(1, "a"), Floor(), False),
        (Member(1, "a"), Floor({1}), True),
        (Member(1, "a"), Floor({1}, hushed=True), False),
        (Member(1, "a"), Floor(word=1, hushed=True), True),
        (Member(1, "a", moderator=True), Floor(hushed=True), True),
    ],
    ids=["listener", "speaker", "hushed", "has the word", "moderator"],
)
def test_who_may_unmute_themselves(member: Member, floor: Floor, may: bool) -> None:
    assert floor.may_unmute(member) is may


def test_a_moderators_key_means_nothing_for_others() -> None:
    keypads = Keypads()
    assert keypads.wish("ann", "4", 1.0, moderator=False) is None
    assert keypads.wish("ann", "4", 1.0, moderator=True) is Wish.LOCK
    assert keypads.wish("ann", "D", 1.0, moderator=True) is None


def test_leaving_takes_two_presses_in_a_row_and_in_time() -> None:
    keypads = Keypads()
    press = lambda key, at: keypads.wish("ann", key, at, moderator=False)  # noqa: E731
    assert [press("#", 1.0), press("#", 2.0)] == [Wish.SURE_TO_LEAVE, Wish.LEAVE]
    assert [press("#", 3.0), press("#", 3.5 + WITHIN)] == [Wish.SURE_TO_LEAVE] * 2
    assert [press("1", 10.0), press("#", 10.1)] == [Wish.HAND, Wish.SURE_TO_LEAVE]
    assert [press("2", 10.2), press("#", 10.3)] == [Wish.MUTE, Wish.SURE_TO_LEAVE]


def test_the_presses_of_two_are_not_one_of_both() -> None:
    keypads = Keypads()
    assert keypads.wish("ann", "8", 1.0, moderator=True) is Wish.SURE_TO_END
    assert keypads.wish("bob", "8", 1.1, moderator=True) is Wish.SURE_TO_END
