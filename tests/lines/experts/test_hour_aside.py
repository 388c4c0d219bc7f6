"""A screener speaks with waiting callers, aside."""

import pytest

from lines.errors import HourRefused, OrderOdd
from lines.experts.ports import Seat
from tests.lines.experts.hours import HALL, Hours, open_hour


def screened(*callers: str) -> Hours:
    hour = open_hour(*callers)
    hour.join("sue", Seat.SCREENER)
    for caller in callers:
        hour.press(caller, "1")
    return hour


def test_a_screener_listens_and_is_not_heard() -> None:
    hour = screened()
    assert (hour.rooms["sue"], hour.speaks["sue"]) == (HALL, False)


def test_screener_and_caller_step_aside_and_come_back() -> None:
    hour = screened("ann", "bob")
    hour.press("sue", "1")
    assert hour.rooms["sue"] == hour.rooms["ann"] == "aside-q1"
    assert hour.rooms["bob"] == HALL
    assert "Nobody else hears you." in hour.told("ann")
    assert hour.told("sue").startswith("You speak with the caller from")
    hour.press("sue", "2")
    assert hour.rooms["sue"] == hour.rooms["ann"] == HALL
    assert not hour.speaks["sue"]
    assert not hour.speaks["ann"]
    assert hour.told("ann") == "You are listening again. You are number one."


def test_who_was_spoken_with_is_not_asked_again() -> None:
    hour = screened("ann", "bob")
    hour.press("sue", "121")
    assert hour.rooms["sue"] == hour.rooms["bob"]
    hour.press("sue", "21")
    assert hour.told("sue") == "Nobody is left to be spoken with."


def test_back_and_the_next_with_one_key() -> None:
    hour = screened("ann", "bob")
    hour.press("sue", "15")
    assert (hour.rooms["ann"], hour.rooms["bob"]) == (HALL, hour.rooms["sue"])


def test_a_screener_moves_a_caller_up_and_down() -> None:
    hour = screened("ann", "bob")
    hour.serve("aside", question=hour.question("bob"))
    hour.press("sue", "3")
    assert (hour.waiting, hour.told("sue")) == (["bob", "ann"], "The caller is number one now.")
    hour.press("sue", "44")
    assert hour.waiting == ["ann", "bob"]


def test_who_is_aside_is_left_out_when_the_next_comes_on_air() -> None:
    hour = screened("ann", "bob")
    hour.press("sue", "1")
    hour.press("host", "1")
    assert hour.on_air == "bob"


def test_a_caller_who_hangs_up_aside_sends_the_screener_back() -> None:
    hour = screened("ann")
    hour.press("sue", "1")
    hour.hang_up("ann")
    assert (hour.rooms["sue"], hour.waiting) == (HALL, [])


def test_a_screener_who_hangs_up_sends_the_caller_back_to_wait() -> None:
    hour = screened("ann")
    hour.press("sue", "1")
    hour.hang_up("sue")
    assert (hour.rooms["ann"], hour.waiting) == (HALL, ["ann"])
    assert not hour.view["waiting"][0]["screened"]


def test_a_caller_who_withdraws_aside_ends_it() -> None:
    hour = screened("ann")
    hour.press("sue", "1")
    hour.press("ann", "2")
    assert (hour.rooms["ann"], hour.rooms["sue"], hour.waiting) == (HALL, HALL, [])


def test_whoever_comes_late_into_a_room_aside_is_sent_back() -> None:
    hour = screened("ann")
    hour.press("sue", "1")
    hour.hour.went("ann", "aside-q1", hour.now)  # as if still on the way when it ended
    hour.rooms["ann"] = "aside-q1"
    hour.press("sue", "2")
    hour.hour.came("ann", "aside-q1", hour.now)
    hour.settle()
    assert hour.rooms["ann"] == HALL


def test_the_desk_leaves_notes_and_sets_priorities() -> None:
    hour = screened("ann", "bob")
    hour.serve("priority", question=hour.question("bob"), priority=5)
    hour.serve("note", question=hour.question("bob"), text="a beekeeper")
    assert hour.view["waiting"][0]["note"] == "a beekeeper"
    assert hour.waiting == ["bob", "ann"]


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("priority", {"question": "q1", "priority": 10**9}),
        ("priority", {"question": "q1", "priority": "high"}),
        ("note", {"question": "q1", "text": ""}),
        ("note", {"question": "q1", "text": "x" * 10_000}),
        ("note", {"text": "x"}),
        ("extend", {"minutes": -5}),
        ("extend", {"hours": 1}),
        ("announce", {"text": None}),
        ("aside", {"screener": "nobody"}),
    ],
)
def test_odd_orders_are_refused_in_plain_words(verb: str, given: dict[str, object]) -> None:
    hour = screened("ann")
    with pytest.raises(OrderOdd):
        hour.serve(verb, **given)


def test_orders_about_a_question_that_is_gone_are_refused() -> None:
    hour = screened("ann")
    with pytest.raises(HourRefused, match="hung up"):
        hour.serve("note", question="q99", text="x")
