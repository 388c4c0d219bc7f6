"""After a restart of the callbox the hour goes on with whoever is still there."""

from ivr_flows.ports import Party
from lines.experts.hour import Found
from lines.experts.hour.asked import Asked
from lines.experts.hour.orders import BeginPiece, CallExpert, HangUp, KeepQuestion, KeepSession
from lines.experts.ports import QuestionState, Seat, SessionState
from tests.lines.experts.hours import HALL, START, Hours, hours

SEATS = {"host": Seat.HOST, "expert": Seat.EXPERT, "sue": Seat.SCREENER}


def asked(call: str, state: QuestionState = QuestionState.WAITING) -> Asked:
    return Asked(f"q-{call}", call, Party("030", call), START, "en", state=state)


def resumed(
    here: dict[str, str],
    *questions: Asked,
    state: SessionState = SessionState.LIVE,
    minutes_more: int = 0,
) -> Hours:
    hour = hours(state=state, questions=questions, minutes_more=minutes_more)
    hour.now = START
    hour.rooms = dict(here)
    hour.hour.resume([Found(call, room) for call, room in here.items()], SEATS, hour.now)
    hour.settle()
    return hour


def test_whoever_waited_waits_in_the_same_order_and_keys_work() -> None:
    first, second = asked("bob"), asked("ann")
    second.priority = 1
    hour = resumed(dict.fromkeys(("host", "expert", "ann", "bob"), HALL), first, second)
    assert hour.waiting == ["ann", "bob"]
    hour.press("host", "1")
    assert (hour.on_air, hour.speaks["ann"]) == ("ann", True)
    assert hour.count(CallExpert) == 0


def test_whoever_was_on_air_stays_so_and_a_new_piece_begins() -> None:
    on_air = asked("ann", QuestionState.ON_AIR)
    hour = resumed(dict.fromkeys(("host", "expert", "ann"), HALL), on_air)
    assert (hour.on_air, hour.count(BeginPiece)) == ("ann", 1)
    hour.hour.seen("ann", speaks=True)
    hour.settle()
    hour.press("host", "2")
    assert not hour.speaks["ann"]


def test_questions_of_callers_who_are_gone_are_closed() -> None:
    hour = resumed({"host": HALL}, asked("ann"), asked("bob", QuestionState.ON_AIR))
    kept = {o.question.call_id: o.question.state for o in hour.log if isinstance(o, KeepQuestion)}
    assert kept == {"ann": QuestionState.GONE, "bob": QuestionState.ANSWERED}
    assert hour.on_air == ""


def test_an_expert_who_is_gone_is_called() -> None:
    hour = resumed({"host": HALL})
    assert hour.count(CallExpert) == 1


def test_an_expert_who_came_in_between_makes_the_hour_live() -> None:
    hour = resumed({"expert": HALL}, state=SessionState.OPEN)
    assert hour.is_in(SessionState.LIVE)


def test_who_can_not_be_led_any_more_is_not_led_aside() -> None:
    hour = resumed(dict.fromkeys(("host", "expert", "sue", "ann"), HALL), asked("ann"))
    hour.press("sue", "1")
    assert hour.told("sue").startswith("After a restart")
    assert hour.rooms["ann"] == HALL


def test_a_new_screener_speaks_with_new_callers() -> None:
    hour = resumed(dict.fromkeys(("host", "expert", "ann"), HALL), asked("ann"))
    hour.join("new-sue", Seat.SCREENER)
    hour.join("bob")
    hour.press("bob", "1")
    hour.serve("aside", question=hour.question("bob"))
    assert hour.rooms["bob"] == hour.rooms["new-sue"] != HALL


def test_whoever_was_aside_and_is_in_the_hall_waits_again() -> None:
    hour = resumed({"expert": HALL, "ann": HALL}, asked("ann", QuestionState.ASIDE))
    assert hour.view["waiting"][0]["state"] == "waiting"


def test_whoever_hangs_up_is_noticed_though_no_loop_tells() -> None:
    hour = resumed(dict.fromkeys(("host", "expert", "ann"), HALL), asked("ann"))
    hour.hour.went("ann", HALL, hour.now)
    hour.settle()
    assert hour.waiting == []
    hour.hour.went("expert", HALL, hour.now)
    hour.settle()
    assert hour.count(CallExpert) == 1


def test_what_the_hour_was_extended_by_is_not_forgotten() -> None:
    hour = resumed({"host": HALL}, minutes_more=10)
    hour.press("host", "5")
    kept = [order for order in hour.log if isinstance(order, KeepSession)]
    assert kept[-1].minutes_more == 15


def test_who_cannot_be_led_is_hung_up_where_others_are_shown_out() -> None:
    hour = resumed(dict.fromkeys(("host", "expert", "ann"), HALL), asked("ann"))
    hour.press("host", "18")
    assert HangUp("ann") in hour.log


def test_a_call_that_is_fetched_back_keeps_its_turn_and_can_be_led_again() -> None:
    hour = resumed(dict.fromkeys(("host", "expert", "ann"), HALL), asked("ann"))
    hour.join("ann")
    assert hour.waiting == ["ann"]
    hour.join("new-sue", Seat.SCREENER)
    hour.press("new-sue", "1")
    assert hour.rooms["ann"] == hour.rooms["new-sue"] != HALL
