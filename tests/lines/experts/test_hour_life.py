"""An hour from its doors' opening to its end, with experts who come late, drop, or never come."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lines.experts.hour.orders import (
    BeginPiece,
    CallExpert,
    EndPiece,
    EndRooms,
    KeepSession,
    StopCalling,
    Tell,
)
from lines.experts.ports import Farewell, Seat, SessionState
from lines.outgoing import Outcome
from tests.lines.experts.hours import FOLLOWING, START, Hours, hours, join_all, open_hour


def opened(**changed: object) -> Hours:
    """With a host, and the expert being called."""
    hour = hours(**changed)
    hour.join("host", Seat.HOST)
    hour.tick()
    return hour


def states(hour: Hours) -> list[SessionState]:
    return [order.state for order in hour.log if isinstance(order, KeepSession)]


def test_the_doors_open_two_minutes_before_the_start_and_the_expert_is_called() -> None:
    hour = hours()
    hour.now = START - timedelta(minutes=2, seconds=1)
    hour.tick()
    hour.join("early")
    assert (hour.gone, hour.count(CallExpert)) == ({"early": Farewell.CLOSED}, 0)
    hour.tick(seconds=1)
    hour.join("ann")
    assert ("ann" in hour.rooms, hour.count(CallExpert)) == (True, 1)
    assert states(hour) == [SessionState.OPEN]


def test_staff_may_come_before_the_doors_open() -> None:
    hour = hours()
    hour.now = START - timedelta(minutes=20)
    hour.join("host", Seat.HOST)
    assert "host" in hour.rooms
    hour.now = START - timedelta(minutes=2)
    hour.join("expert", Seat.EXPERT)
    assert hour.is_in(SessionState.SCHEDULED)
    hour.tick()
    assert (hour.hour.phase, hour.count(CallExpert)) == (SessionState.LIVE, 0)


def test_an_expert_who_calls_in_is_not_called_any_more() -> None:
    hour = opened()
    hour.join("expert", Seat.EXPERT)
    assert (hour.count(StopCalling), hour.hour.phase) == (1, SessionState.LIVE)


def test_an_expert_who_is_to_call_in_is_not_called() -> None:
    hour = opened(call_expert=False)
    hour.tick(minutes=3)
    assert hour.count(CallExpert) == 0


def test_the_expert_is_called_three_times_and_the_host_hears_each_outcome() -> None:
    hour = opened()
    for outcome, words in (
        (Outcome.BUSY, "The guest's number is busy. We try again in half a minute."),
        (Outcome.NO_ANSWER, "The guest does not answer. We try again in half a minute."),
        (Outcome.REFUSED, "The guest has not taken the call. To have the guest called again, "),
    ):
        hour.hour.expert_not_reached(outcome, hour.now)
        hour.settle()
        assert hour.told("host").startswith(words)
        hour.tick(seconds=29)
        before = hour.count(CallExpert)
        hour.tick(seconds=1)
        assert hour.count(CallExpert) == min(before + 1, 3)
    hour.press("host", "7")
    assert hour.count(CallExpert) == 4
    hour.press("host", "7")
    assert hour.count(CallExpert) == 4, "it rings already"


def test_a_number_that_may_not_be_dialled_is_not_tried_again() -> None:
    hour = opened()
    hour.hour.expert_not_reached(Outcome.FORBIDDEN, hour.now)
    hour.tick(minutes=1)
    assert hour.count(CallExpert) == 1
    assert hour.told("host").startswith("The guest's number may not be dialled.")


def test_an_expert_who_never_comes_ends_the_hour_after_ten_minutes() -> None:
    hour = opened()
    hour.join("ann")
    hour.tick(minutes=11, seconds=59)
    assert hour.is_in(SessionState.OPEN)
    hour.tick(seconds=1)
    assert states(hour)[-1] is SessionState.MISSED
    assert hour.announced() == "We are sorry, our guest cannot be reached today."
    assert hour.count(EndRooms) == 1


def test_the_line_of_the_expert_drops_and_the_caller_keeps_the_turn() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.press("host", "1")
    hour.hang_up("expert")
    assert (hour.on_air, hour.count(EndPiece)) == ("ann", 1)
    assert hour.announced().startswith("The line to our guest has dropped.")
    assert hour.count(CallExpert) == 2, "at the opening, and again"
    hour.join("expert-again", Seat.EXPERT)
    assert hour.announced() == "Our guest is back."
    assert hour.count(BeginPiece) == 2, "a new piece of the same question"


def test_an_expert_who_does_not_come_back_ends_the_hour() -> None:
    hour = open_hour("ann")
    hour.hang_up("expert")
    hour.tick(minutes=10)
    assert states(hour)[-1] is SessionState.CLOSED
    assert hour.gone == {}, "before the farewell was heard"


def test_the_host_and_the_expert_alone_hear_that_the_end_is_near() -> None:
    hour = open_hour("ann")
    hour.log.clear()
    hour.now = START + timedelta(minutes=54, seconds=59)
    hour.tick()
    assert hour.log == []
    hour.tick(seconds=1)
    hour.tick(seconds=1)
    assert [order.call_id for order in hour.log if isinstance(order, Tell)] == ["host", "expert"]
    assert hour.told("expert") == "Five minutes are left."
    hour.tick(minutes=4)
    assert hour.told("host") == "One minute is left."


def test_at_the_end_all_hear_the_farewell_and_are_let_go() -> None:
    hour = open_hour("ann", "bob")
    hour.press("ann", "1")
    hour.now = START + timedelta(minutes=60)
    hour.tick()
    assert states(hour)[-1] is SessionState.CLOSED
    assert hour.announced() == "This hour is over."
    assert hour.count(EndRooms) == 1
    assert hour.waiting == []
    hour.join("late")
    assert hour.gone == {"late": Farewell.CLOSED}
    hour.tick(minutes=1)
    assert hour.count(EndRooms) == 1


def test_whoever_is_on_air_may_overrun_by_ten_minutes() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.press("host", "1")
    hour.now = START + timedelta(minutes=69, seconds=59)
    hour.tick()
    assert hour.is_in(SessionState.LIVE)
    hour.tick(seconds=1)
    assert hour.is_in(SessionState.CLOSED)
    assert hour.count(EndPiece) == 1
    assert not hour.speaks["ann"]


def test_an_overrun_never_keeps_the_next_session_waiting() -> None:
    following = replace(FOLLOWING, starts_at=START + timedelta(minutes=63))
    hour = open_hour("ann", next=following)
    hour.press("ann", "1")
    hour.press("host", "1")
    hour.now = START + timedelta(minutes=62, seconds=59)
    hour.tick()
    assert hour.is_in(SessionState.LIVE)
    hour.tick(seconds=1)
    assert hour.is_in(SessionState.CLOSED)
    assert hour.hour.take_orders() == []


def test_an_hour_is_extended_by_five_minutes_at_a_time() -> None:
    hour = open_hour()
    hour.press("host", "5")
    assert hour.told("host") == "five minutes more."
    hour.now = START + timedelta(minutes=64)
    hour.tick()
    assert hour.is_in(SessionState.LIVE)
    kept = [order for order in hour.log if isinstance(order, KeepSession)]
    assert kept[-1].minutes_more == 5


def test_an_hour_is_not_extended_into_the_next() -> None:
    hour = open_hour(next=FOLLOWING)
    for _ in range(12):
        hour.press("host", "5")
        assert hour.told("host") == "five minutes more."
    hour.press("host", "5")
    assert hour.told("host") == "It cannot last longer."


def test_nine_twice_closes_the_hour_and_once_does_not() -> None:
    hour = open_hour()
    hour.press("host", "9")
    assert hour.told("host") == "To close the hour, press 9 once more."
    hour.tick(seconds=10)
    hour.press("host", "9")
    assert hour.is_in(SessionState.LIVE), "too late to be the same wish"
    hour.press("host", "9")
    assert hour.is_in(SessionState.CLOSED)


def test_a_nine_of_each_of_two_hosts_closes_nothing() -> None:
    hour = open_hour()
    hour.join("other", Seat.HOST)
    hour.press("host", "9")
    hour.press("other", "9")
    assert hour.is_in(SessionState.LIVE)


@pytest.mark.parametrize("seat", [Seat.HOST, Seat.EXPERT, Seat.CALLER, Seat.SCREENER])
def test_a_cancelled_hour_lets_everybody_go(seat: Seat) -> None:
    hour = opened()
    hour.join("one", seat)
    hour.hour.cancelled(hour.now)
    hour.settle()
    assert states(hour)[-1] is SessionState.CANCELLED
    assert hour.announced() == "We are sorry, this hour does not take place."
    assert hour.hour.place("one") is Farewell.CLOSED


def test_keys_after_the_end_do_nothing() -> None:
    hour = open_hour("ann")
    hour.press("host", "99")
    hour.log.clear()
    hour.press("ann", "1")
    hour.press("host", "157")
    assert hour.log == []


def test_a_crowd_within_seconds_is_let_in_up_to_the_number_of_listeners() -> None:
    hour = open_hour(listeners=300)
    join_all(hour, (f"caller-{number}" for number in range(1000)))
    assert (hour.view["callers"], len(hour.gone)) == (300, 700)
