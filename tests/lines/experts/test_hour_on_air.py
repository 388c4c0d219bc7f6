"""Callers ask, wait their turn, come on air and go off."""

import pytest

from lines.errors import HourRefused
from lines.experts.hour.orders import BeginPiece, EndPiece, KeepQuestion, PlayJingle, Unmute
from lines.experts.ports import Farewell, QuestionState, Seat
from tests.lines.experts.hours import HALL, open_hour


def test_whoever_asks_hears_their_place_and_waits_in_that_order() -> None:
    hour = open_hour("ann", "bob")
    hour.press("bob", "1")
    hour.press("ann", "1")
    assert hour.waiting == ["bob", "ann"]
    assert "You are number two." in hour.told("ann")
    hour.press("bob", "3")
    assert hour.told("bob") == "You are number one."


def test_asking_twice_is_asking_once() -> None:
    hour = open_hour("ann")
    hour.press("ann", "111")
    assert hour.waiting == ["ann"]


def test_whoever_withdraws_waits_no_more_and_the_others_move_up() -> None:
    hour = open_hour("ann", "bob")
    hour.press("ann", "1")
    hour.press("bob", "1")
    hour.press("ann", "2")
    hour.press("bob", "3")
    assert (hour.waiting, hour.told("bob")) == (["bob"], "You are number one.")
    assert hour.told("ann").startswith("You no longer wait.")


def test_a_caller_who_has_not_asked_is_told_how() -> None:
    hour = open_hour("ann")
    hour.press("ann", "3")
    assert "press 1" in hour.told("ann")
    hour.press("ann", "0")
    assert "To ask a question, press 1." in hour.told("ann")


def test_the_next_one_is_heard_before_anything_else_is_done() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.log.clear()
    hour.press("host", "1")
    assert hour.log[0] == Unmute("ann")
    assert (hour.on_air, hour.speaks["ann"], hour.told("ann")) == ("ann", True, "You are on air.")
    assert hour.waiting == []


def test_whoever_is_taken_off_listens_again_and_may_ask_once_more() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.press("host", "12")
    assert (hour.on_air, hour.speaks["ann"], hour.rooms["ann"]) == ("", False, HALL)
    hour.press("ann", "1")
    assert hour.waiting == ["ann"]


def test_nobody_is_put_on_while_somebody_is_on_air() -> None:
    hour = open_hour("ann", "bob")
    hour.press("ann", "1")
    hour.press("bob", "1")
    hour.press("host", "11")
    assert (hour.on_air, hour.waiting) == ("ann", ["bob"])
    assert hour.told("host") == "Somebody is on air. To take them off, press 2."


@pytest.mark.parametrize(
    ("key", "words"),
    [("1", "Nobody waits."), ("2", "Nobody is on air."), ("3", "Nobody is on air."),
     ("6", "Nobody waits."), ("8", "Nobody is on air.")],
)  # fmt: skip
def test_a_key_that_has_no_sense_now_is_answered(key: str, words: str) -> None:
    hour = open_hour("ann")
    hour.press("host", key)
    assert hour.told("host") == words


def test_two_hosts_who_press_at_once_give_one_order() -> None:
    hour = open_hour("ann", "bob")
    hour.join("other", Seat.HOST)
    hour.press("ann", "1")
    hour.press("bob", "1")
    hour.press("host", "1")
    at = hour.now.timestamp()
    for key in "32":
        at += 3
        for name in ("host", "other"):
            at += 0.2
            hour.hour.key(name, key, at, hour.now)
            hour.settle()
        if key == "3":
            assert hour.view["muted"], "muted by one, unmuted by the other"
    assert (hour.on_air, hour.waiting) == ("", ["bob"])
    assert hour.told("other") != "Nobody is on air."


def test_the_host_mutes_and_unmutes_who_is_on_air() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.press("host", "13")
    assert (hour.on_air, hour.speaks["ann"]) == ("ann", False)
    hour.press("host", "3")
    assert hour.speaks["ann"]


def test_who_was_muted_on_air_is_not_muted_for_the_next() -> None:
    hour = open_hour("ann", "bob")
    for name in ("ann", "bob"):
        hour.press(name, "1")
    hour.press("host", "1321")
    assert (hour.on_air, hour.speaks["bob"]) == ("bob", True)


def test_a_caller_who_hangs_up_on_air_makes_room_and_the_host_is_told() -> None:
    hour = open_hour("ann", "bob")
    hour.press("ann", "1")
    hour.press("bob", "1")
    hour.press("host", "1")
    hour.hang_up("ann")
    assert (hour.on_air, hour.told("host")) == ("", "The caller has hung up.")
    hour.press("host", "1")
    assert hour.on_air == "bob"


def test_a_caller_who_hangs_up_while_waiting_is_forgotten() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.hang_up("ann")
    kept = [order.question for order in hour.log if isinstance(order, KeepQuestion)]
    assert (hour.waiting, kept[-1].state) == ([], QuestionState.GONE)


def test_whoever_is_thrown_out_is_gone_and_heard_no_more() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.press("host", "18")
    assert (hour.gone, hour.on_air) == ({"ann": Farewell.REMOVED}, "")


def test_the_host_hears_how_many_wait_and_who_is_next() -> None:
    hour = open_hour("ann", "bob")
    hour.press("ann", "1")
    hour.press("bob", "1")
    hour.serve("note", question=hour.question("ann"), text="asks about\nhoney")
    hour.press("host", "6")
    assert hour.told("host").startswith("two wait. The next one calls from ")
    assert hour.told("host").endswith(" asks about honey")


def test_a_number_of_letters_is_not_spoken() -> None:
    hour = open_hour()
    hour.join("eve", number="<sip:evil{x}>")
    hour.press("eve", "1")
    hour.press("host", "6")
    assert hour.told("host") == "One waits. The next one shows no number."


def test_a_jingle_is_played_where_there_is_one() -> None:
    hour = open_hour()
    hour.press("host", "4")
    assert PlayJingle("buzz") in hour.log
    dull = open_hour(jingle="")
    dull.press("host", "4")
    assert dull.told("host") == "This hour has no jingle."


def test_each_question_with_its_answer_is_a_piece_of_its_own() -> None:
    hour = open_hour("ann", "bob")
    hour.press("ann", "1")
    hour.press("bob", "1")
    hour.press("host", "1212")
    kinds = [type(o).__name__ for o in hour.log if isinstance(o, BeginPiece | EndPiece)]
    assert kinds == ["BeginPiece", "EndPiece"] * 2


def test_nothing_is_recorded_where_that_is_not_wanted() -> None:
    hour = open_hour("ann", record=False)
    hour.press("ann", "1")
    hour.press("host", "12")
    assert not hour.count(BeginPiece)


def test_more_callers_than_may_listen_are_told_that_it_is_full() -> None:
    hour = open_hour(listeners=3)
    for number in range(1000):
        hour.join(f"caller-{number}")
    assert len(hour.rooms) == 2 + 3
    assert set(hour.gone.values()) == {Farewell.FULL}
    hour.hang_up("caller-0")
    hour.join("late")
    assert "late" in hour.rooms


def test_where_nobody_listens_in_callers_wait_at_once_and_hear_nothing() -> None:
    hour = open_hour("ann", listeners=0)
    assert hour.waiting == ["ann"]
    names = [type(o).__name__ for o in hour.log]
    assert "Deafen" in names
    hour.press("host", "1")
    assert "Undeafen" in [type(order).__name__ for order in hour.log]


def test_a_question_of_the_desks_choice_comes_on_air() -> None:
    hour = open_hour("ann", "bob")
    hour.press("ann", "1")
    hour.press("bob", "1")
    hour.serve("next", question=hour.question("bob"))
    assert hour.on_air == "bob"
    with pytest.raises(HourRefused, match="on air"):
        hour.serve("next")


def test_the_expert_steers_while_no_host_is_there() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.press("expert", "1")
    assert (hour.on_air, hour.told("expert")) == ("", "The guest is on the line. The hour begins.")
    hour.hang_up("host")
    assert "Your keys steer the hour now" in hour.told("expert")
    hour.press("expert", "1")
    assert hour.on_air == "ann"


def test_a_host_who_leaves_takes_nobody_off_the_air() -> None:
    hour = open_hour("ann")
    hour.press("ann", "1")
    hour.press("host", "1")
    hour.hang_up("host")
    assert (hour.on_air, hour.speaks["ann"]) == ("ann", True)
