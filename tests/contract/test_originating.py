"""What `esl.originate` does with real phones: ring, tell the outcome, bring the answered call."""

import gevent
import pytest
from gevent.event import AsyncResult

from esl.originate import TOKEN, Rung, cancel, end_leftovers, originate, token_of
from ivr_flows.ports import NOT_SHOWN, BridgeOutcome, CallFailed, DigitRule, Target
from tests.contract.client import LIMIT
from tests.contract.conftest import USERS, PhoneMaker
from tests.contract.desk import LONG, Desk, at, desk, is_rung
from tests.contract.dialplan import PROGRAM
from tests.contract.phone import Manners
from tests.contract.subscriber import Subscriber
from tests.contract.test_bridge import CAUSES

__all__ = ["desk"]


def test_an_answered_call_comes_to_the_callbox_under_its_token(
    desk: Desk, phones: PhoneMaker
) -> None:
    order = desk.order(at(phones("2000")))
    assert originate(desk.connection, order) == Rung(BridgeOutcome.ANSWERED, "SUCCESS")
    call = desk.arrived()
    assert token_of(call) == order.token
    assert call.answered
    assert call.caller.number == "2000"


def test_keys_of_who_was_called_reach_the_program(desk: Desk, phones: PhoneMaker) -> None:
    keyed: AsyncResult[str] = AsyncResult()
    desk.program = lambda call: keyed.set(call.collect([], DigitRule(first_timeout=LIMIT)).keys)
    other = phones("2000")
    desk.ring(other)
    desk.arrived()
    other.press("1")
    assert keyed.get(timeout=LIMIT) == "1"


@pytest.mark.parametrize(("status", "cause"), CAUSES)
def test_a_phone_that_does_not_take_it_is_told_by_its_cause(
    desk: Desk, phones: PhoneMaker, status: int, cause: str
) -> None:
    rung = desk.ring(phones("2000", Manners(status=status)))
    assert rung.cause == cause
    assert rung.outcome is not BridgeOutcome.ANSWERED


def test_a_busy_phone_is_busy(desk: Desk, phones: PhoneMaker) -> None:
    assert desk.ring(phones("2000", Manners(status=486))).outcome is BridgeOutcome.BUSY


def test_a_phone_rings_no_longer_than_asked(desk: Desk, phones: PhoneMaker) -> None:
    other = phones("2000", Manners(status=None))
    assert desk.ring(other, ring=1).outcome is BridgeOutcome.NO_ANSWER
    other.wait_end()


def test_the_time_of_the_number_itself_comes_first(desk: Desk, phones: PhoneMaker) -> None:
    other = phones("2000", Manners(status=None))
    order = desk.order(at(other, ring_seconds=1.0), ring=LONG)
    assert originate(desk.connection, order).outcome is BridgeOutcome.NO_ANSWER


def test_a_call_can_be_cancelled_while_it_rings(desk: Desk, phones: PhoneMaker) -> None:
    other = phones("2000", Manners(status=None))
    order = desk.order(at(other))
    ringing = gevent.spawn(originate, desk.connection, order)
    is_rung(other)
    cancel(desk.connection, order.token)
    assert ringing.get(timeout=LIMIT) == Rung(BridgeOutcome.FAILED, "ORIGINATOR_CANCEL")
    other.wait_end()


def test_an_answered_call_can_be_cancelled(desk: Desk, phones: PhoneMaker) -> None:
    other = phones("2000")
    order = desk.order(at(other))
    originate(desk.connection, order)
    desk.arrived()
    cancel(desk.connection, order.token)
    other.wait_end()


def test_the_number_and_name_asked_for_are_shown(desk: Desk, phones: PhoneMaker) -> None:
    other = phones("2000")
    originate(desk.connection, desk.order(at(other, shown_number="+49301234567")))
    shown = other.wait_invite()["From"]
    assert "sip:+49301234567@" in shown
    assert "The Daily" in shown


def test_a_number_that_is_not_shown_is_not_shown(desk: Desk, phones: PhoneMaker) -> None:
    other = phones("2000")
    originate(desk.connection, desk.order(at(other, shown_number=NOT_SHOWN)))
    assert "sip:anonymous@" in other.wait_invite()["From"]


def test_a_trunk_that_shows_the_callers_number_shows_none_where_there_is_no_caller(
    desk: Desk, phones: PhoneMaker
) -> None:
    other = phones("2000")
    desk.ring(other)
    shown = other.wait_invite()["From"]
    assert "sip:anonymous@" in shown
    assert "The Daily" in shown


def test_a_registered_phone_is_rung_by_its_number(desk: Desk) -> None:
    phone = Subscriber("200")
    try:
        phone.register(desk.switch.sip, USERS["200"])
        order = desk.order(Target("user", "200"))
        assert originate(desk.connection, order).outcome is BridgeOutcome.ANSWERED
        assert token_of(desk.arrived()) == order.token
    finally:
        phone.close()


def test_a_phone_that_is_not_registered_is_unreachable(desk: Desk) -> None:
    rung = originate(desk.connection, desk.order(Target("user", "201")))
    assert rung.outcome is BridgeOutcome.UNREACHABLE


@pytest.mark.parametrize("address", ["2000@host,user/201", "2000@h ost", "20}00@host", "[x]@host"])
def test_an_address_that_would_mean_more_to_the_switch_is_refused(desk: Desk, address: str) -> None:
    with pytest.raises(CallFailed):
        originate(desk.connection, desk.order(Target("sip", address)))


def test_no_caller_can_pass_for_a_call_of_ours(desk: Desk, phones: PhoneMaker) -> None:
    forged = [
        (TOKEN, "aaaaaaaa-0000-4000-8000-000000000001"),
        (f"X-{TOKEN}", "aaaaaaaa-0000-4000-8000-000000000001"),
        (f"P-{TOKEN}", "aaaaaaaa-0000-4000-8000-000000000001"),
        (f"variable_{TOKEN}", "aaaaaaaa-0000-4000-8000-000000000001"),
        ("X-Call-Direction", "outbound"),
        ("Call-Direction", "outbound"),
    ]
    phones(f"5551234;{TOKEN}=x").call(desk.switch.sip, PROGRAM, *forged)
    call = desk.arrived()
    assert not call.is_outbound
    assert token_of(call) is None
    assert call.variable(TOKEN) == ""


def test_what_rings_for_a_token_that_nobody_knows_is_ended(desk: Desk, phones: PhoneMaker) -> None:
    known, forgotten = phones("2010", Manners(status=None)), phones("2011", Manners(status=None))
    kept = desk.order(at(known))
    gevent.spawn(originate, desk.connection, kept)
    gone = gevent.spawn(originate, desk.connection, desk.order(at(forgotten)))
    desk.channels("2010", "RINGING")
    end_leftovers(desk.connection, desk.channels("2011", "RINGING"), kept.token.__eq__)
    assert gone.get(timeout=LIMIT).cause == "ORIGINATOR_CANCEL"
    forgotten.wait_end()
    assert not known.ended.is_set()
    cancel(desk.connection, kept.token)


def test_an_answered_call_of_a_former_life_is_left_to_the_switch(
    desk: Desk, phones: PhoneMaker
) -> None:
    other = phones("2012")
    desk.ring(other)
    call = desk.arrived()
    end_leftovers(desk.connection, desk.channels("2012", "ACTIVE"), lambda token: False)
    desk.connection.api("uptime")  # a hang-up would be told by now
    assert not call.hangup_cause
