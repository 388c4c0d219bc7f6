"""What is called when, and what becomes of it."""

import pytest

from lines.callbacks import ledger
from lines.callbacks.due import Due, Over
from lines.errors import CallbackUnknown
from lines.outgoing import Outcome
from store.models import Callback
from store.models.callback import CallbackState
from store.models.line import Door
from tests.lines.callbacks.promises import (
    CALLER,
    NEXT_LIFE,
    NOW,
    allow_home,
    at,
    caller,
    promised,
    row,
)
from tests.lines.houses import LOCAL, MOBILE, dialling_of, set_rules

BUSY = Over(Outcome.BUSY, "USER_BUSY")
TAKEN = Over(Outcome.ANSWERED, call_id="c-9")


@pytest.fixture(autouse=True)
def house(store: str) -> None:
    allow_home()


def held() -> list[int]:
    """What is being called."""
    calling = Callback.state == CallbackState.CALLING
    return [row.id for row in Callback.select().where(calling)]


def taken(**later: float) -> list[int]:
    return [due.id for due in caller().take(10, at(**later), held=held())]


def test_what_is_due_is_placed_once() -> None:
    number = promised(given={"topic": "Tax"}, language="yue", call="c-1")
    (due,) = caller().take(10, NOW)
    assert isinstance(due, Due)
    call = due.call
    assert (call.to, call.door, call.flow, call.language) == (LOCAL, Door.CALLBACK, "answer", "yue")
    assert (call.given, call.asked_by, call.for_call) == ({"topic": "Tax"}, CALLER, "c-1")
    assert call.confirm is True
    assert row(number).state == CallbackState.CALLING
    assert taken() == []


def test_what_is_not_due_waits() -> None:
    number = promised(after=3600)
    assert taken(minutes=59) == []
    assert taken(minutes=61) == [number]


def test_no_more_are_taken_than_asked_for() -> None:
    promised()
    promised(MOBILE)
    assert len(caller().take(1, NOW)) == 1


def test_a_number_is_never_called_twice_at_once() -> None:
    first, second = promised(flow="answer"), promised(flow="reminder")
    assert taken() == [first]
    caller().over(first, TAKEN, NOW)
    assert taken() == [second]


def test_a_call_that_was_taken_is_done() -> None:
    number = promised()
    taken()
    caller().over(number, TAKEN, NOW)
    done = row(number)
    assert (done.state, done.reached, done.outcome) == (CallbackState.DONE, "c-9", "answered")
    assert done.ended_at == NOW
    assert taken(hours=9) == []


def test_a_busy_number_is_tried_again() -> None:
    number = promised()
    taken()
    caller().over(number, BUSY, NOW)
    assert taken(minutes=2) == []
    assert taken(minutes=4) == [number]


def test_a_flow_that_broke_is_heard_again() -> None:
    number = promised()
    taken()
    caller().over(number, Over(Outcome.ANSWERED, "no engine", "c-9", broken=True), NOW)
    assert row(number).state == CallbackState.WAITING


def test_it_is_given_up_after_the_last_attempt() -> None:
    number = promised(attempts=2)
    for hours in (0, 1):
        assert taken(hours=hours) == [number]
        caller().over(number, Over(Outcome.NO_ANSWER), at(hours=hours))
    given_up = row(number)
    assert (given_up.state, given_up.attempts) == (CallbackState.FAILED, 2)
    assert given_up.outcome == "no_answer"


def test_it_is_given_up_when_it_is_too_late() -> None:
    number = promised(within=3600)
    assert taken(hours=2) == []
    assert row(number).state == CallbackState.EXPIRED


def test_it_is_tried_again_within_the_hours_only() -> None:
    number = promised(hours={"mon": "10:00-10:04", "tue": "09:00-10:00"}, within=86_400)
    assert taken() == [number]
    caller().over(number, Over(Outcome.NO_ANSWER), NOW)
    assert row(number).next_at == at(hours=23)


def test_hours_that_are_over_when_the_box_comes_back_are_waited_for() -> None:
    number = promised(hours={"mon": "10:00-10:30", "tue": "10:00-10:30"})
    assert taken(hours=1) == []
    assert row(number).next_at == at(days=1)


def test_what_a_crash_cut_off_is_called_again_after_the_phone_has_rung_out() -> None:
    number = promised()
    taken()
    assert caller(NEXT_LIFE).take(10, at(seconds=1)) == []
    assert row(number).state == CallbackState.WAITING
    (due,) = caller(NEXT_LIFE).take(10, at(seconds=62))
    assert due.id == number


def test_what_was_done_before_a_crash_is_not_called_again() -> None:
    number = promised()
    taken()
    caller().over(number, TAKEN, NOW)
    assert caller(NEXT_LIFE).take(10, at(hours=1)) == []


def test_what_was_claimed_for_a_callbox_that_waited_no_longer_is_called_after_all() -> None:
    number = promised()
    taken()
    assert caller().take(10, at(seconds=20)) == []
    assert row(number).state == CallbackState.WAITING
    assert taken(seconds=81) == [number]


def test_a_crash_does_not_use_up_the_only_attempt() -> None:
    number = promised(attempts=1)
    taken()
    caller(NEXT_LIFE).take(10, at(seconds=1))
    assert [due.id for due in caller(NEXT_LIFE).take(10, at(seconds=62))] == [number]


def test_a_call_that_crashes_the_box_each_time_is_given_up() -> None:
    number = promised(attempts=1)
    for life in range(8):
        caller(f"life-{life}").take(10, at(minutes=2 * life))
    assert row(number).state == CallbackState.FAILED


def test_a_life_that_is_over_has_nothing_to_say() -> None:
    number = promised()
    taken()
    caller(NEXT_LIFE).take(10, at(seconds=1))
    caller().over(number, TAKEN, at(seconds=2))
    assert row(number).state == CallbackState.WAITING


def test_a_box_that_stops_uses_up_no_attempt() -> None:
    number = promised()
    taken()
    caller().over(number, Over(Outcome.WITHDRAWN), NOW)
    assert (row(number).state, row(number).attempts) == (CallbackState.WAITING, 0)


def test_rules_that_forbid_the_number_by_now_end_it() -> None:
    number = promised()
    set_rules(rules={"none": {"refuse": True, "to": ["+49*"]}})
    assert taken() == []
    refused = row(number)
    assert refused.state == CallbackState.REFUSED
    assert "none" in refused.reason


def test_a_limit_that_is_reached_puts_it_off() -> None:
    number = promised()
    set_rules(rules={"home": {"to": ["+49*"]}}, limits={"per_hour": 1})
    dialling_of().may_dial(MOBILE, Door.DIAL, "", "")
    assert taken() == []
    assert (row(number).state, row(number).attempts) == (CallbackState.WAITING, 0)


def test_it_can_be_brought_forward() -> None:
    number = promised(after=86_400)
    ledger.bring_forward(number, NOW)
    assert taken() == [number]


def test_it_can_be_cancelled() -> None:
    number = promised()
    assert ledger.cancel(number, NOW) is False
    assert row(number).state == CallbackState.CANCELLED
    assert taken() == []


def test_what_is_cancelled_while_it_rings_stays_cancelled() -> None:
    number = promised()
    taken()
    assert ledger.cancel(number, NOW) is True
    caller().over(number, BUSY, NOW)
    assert row(number).state == CallbackState.CANCELLED


def test_what_is_over_can_be_changed_no_more() -> None:
    number = promised()
    ledger.cancel(number, NOW)
    with pytest.raises(CallbackUnknown):
        ledger.cancel(number, NOW)
    with pytest.raises(CallbackUnknown):
        ledger.bring_forward(4711, NOW)


def test_what_is_owed_is_listed_first_of_all() -> None:
    gone, owed = promised(), promised(MOBILE)
    ledger.cancel(gone, NOW)
    assert [one.id for one in ledger.newest(10, only_open=True)] == [owed]
    assert [one.id for one in ledger.newest(10)] == [owed, gone]


def test_old_ones_are_forgotten_and_owed_ones_are_not() -> None:
    gone, owed = promised(), promised(MOBILE)
    ledger.cancel(gone, NOW)
    assert ledger.forget(at(days=91)) == 1
    assert [one.id for one in Callback.select()] == [owed]
