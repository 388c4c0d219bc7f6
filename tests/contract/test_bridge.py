"""Connecting the caller with somebody else."""

import socket

import pytest

from tests.contract.client import Connection
from tests.contract.conftest import CallMaker, Leg, PhoneMaker
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds

CAUSES = [
    (403, "CALL_REJECTED"),
    (404, "UNALLOCATED_NUMBER"),
    (408, "RECOVERY_ON_TIMER_EXPIRE"),
    (480, "NO_USER_RESPONSE"),
    (484, "INVALID_NUMBER_FORMAT"),
    (486, "USER_BUSY"),
    (488, "INCOMPATIBLE_DESTINATION"),
    (500, "NORMAL_TEMPORARY_FAILURE"),
    (503, "NORMAL_TEMPORARY_FAILURE"),
    (603, "CALL_REJECTED"),
]


def address(phone: Phone) -> str:
    return f"sofia/internal/{phone.number}@127.0.0.1:{phone.port}"


def go_on_after_failure(leg: Leg) -> None:
    leg.esl.run("set", "continue_on_fail=true")
    leg.esl.run("set", "hangup_after_bridge=false")


def bridged(leg: Leg, phones: PhoneMaker, options: str = "") -> tuple[Phone, str]:
    """The caller connected with a phone that answers at once; that phone and the mark."""
    other = phones("2000")
    mark = leg.esl.start("bridge", options + address(other))
    leg.esl.event("CHANNEL_BRIDGE")
    return other.wait_answer(), mark  # the switch may be quicker than the phone's own thread


def test_both_sides_hear_each_other(leg: Leg, phones: PhoneMaker, sounds: Sounds) -> None:
    other, _ = bridged(leg, phones)
    leg.phone.line.say(sounds.samples("prompt"))
    other.line.say(sounds.samples("short"))
    assert other.line.hears_said(sounds.samples("prompt")) > SAID
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID


def test_a_bridge_names_both_legs(leg: Leg, phones: PhoneMaker) -> None:
    other = phones("2000")
    leg.esl.start("bridge", address(other))
    told = leg.esl.event("CHANNEL_BRIDGE")
    assert told["Bridge-A-Unique-ID"] == leg.uuid
    assert told["Bridge-B-Unique-ID"] == told["Other-Leg-Unique-ID"] != leg.uuid
    assert told["Other-Type"] == "originatee"


def test_the_caller_goes_on_when_the_other_hangs_up(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    leg.esl.run("set", "hangup_after_bridge=false")
    other, mark = bridged(leg, phones)
    other.hang_up()
    done = leg.esl.finished(mark)
    assert done["Answer-State"] == "answered"
    assert done["variable_originate_disposition"] == "SUCCESS"
    assert done["variable_last_bridge_hangup_cause"] == "NORMAL_CLEARING"
    names = leg.esl.names()
    bridged_at = names.index("CHANNEL_BRIDGE")
    assert names[bridged_at:] == ["CHANNEL_BRIDGE", "CHANNEL_UNBRIDGE", "CHANNEL_EXECUTE_COMPLETE"]
    leg.esl.run("playback", sounds.path("two"))
    assert leg.phone.line.hears(sounds.samples("two")) > LIKE


def test_the_caller_goes_on_unless_told_otherwise(leg: Leg, phones: PhoneMaker) -> None:
    other, mark = bridged(leg, phones)
    other.hang_up()
    assert leg.esl.finished(mark)["Answer-State"] == "answered"


def test_the_caller_is_hung_up_with_the_other_when_asked(leg: Leg, phones: PhoneMaker) -> None:
    leg.esl.run("set", "hangup_after_bridge=true")
    other, mark = bridged(leg, phones)
    other.hang_up()
    assert leg.esl.finished(mark)["Answer-State"] == "hangup"
    leg.phone.wait_end()


def test_the_other_is_hung_up_with_the_caller(leg: Leg, phones: PhoneMaker) -> None:
    other, mark = bridged(leg, phones)
    leg.phone.hang_up()
    assert leg.esl.finished(mark)["Hangup-Cause"] == "NORMAL_CLEARING"
    other.wait_end()
    assert "CHANNEL_UNBRIDGE" in leg.esl.names()


@pytest.mark.parametrize(("status", "cause"), CAUSES)
def test_a_refusal_is_told_by_its_cause_and_the_caller_goes_on(
    leg: Leg, phones: PhoneMaker, status: int, cause: str
) -> None:
    go_on_after_failure(leg)
    done = leg.esl.run("bridge", address(phones("2000", Manners(status=status))))
    assert done["Answer-State"] == "answered"
    assert done["variable_originate_disposition"] == cause
    assert done["variable_originate_failed_cause"] == cause
    assert done["variable_last_bridge_proto_specific_hangup_cause"] == f"sip:{status}"


@pytest.mark.parametrize(
    ("target", "cause"),
    [
        ("user/1234@127.0.0.1", "SUBSCRIBER_ABSENT"),
        ("user/201@127.0.0.1", "USER_NOT_REGISTERED"),
        ("nosuchendpoint/1", "CHAN_NOT_IMPLEMENTED"),
    ],
)
def test_a_target_that_cannot_be_rung_is_told_by_its_cause(
    leg: Leg, target: str, cause: str
) -> None:
    go_on_after_failure(leg)
    done = leg.esl.run("bridge", target)
    assert done["Answer-State"] == "answered"
    assert done["variable_originate_disposition"] == cause


def test_a_phone_that_is_not_there_is_a_temporary_failure(leg: Leg, phones: PhoneMaker) -> None:
    gone = phones("2000")
    target = address(gone)
    gone.close()
    go_on_after_failure(leg)
    done = leg.esl.run("bridge", f"{{originate_timeout=3}}{target}")
    assert done["variable_originate_disposition"] == "NORMAL_TEMPORARY_FAILURE"


def test_a_failed_bridge_hangs_up_the_caller_with_its_cause(leg: Leg, phones: PhoneMaker) -> None:
    done = leg.esl.run("bridge", address(phones("2000", Manners(status=486))))
    assert done["Answer-State"] == "hangup"
    assert done["Hangup-Cause"] == "USER_BUSY"
    leg.phone.wait_end()


@pytest.mark.parametrize(
    ("options", "cause"),
    [
        ("{originate_timeout=1}", "NO_ANSWER"),
        ("[leg_timeout=1]", "ALLOTTED_TIMEOUT"),
    ],
)
def test_a_phone_that_rings_too_long_is_given_up(
    leg: Leg, phones: PhoneMaker, options: str, cause: str
) -> None:
    go_on_after_failure(leg)
    other = phones("2000", Manners(status=None))
    done = leg.esl.run("bridge", options + address(other))
    assert done["variable_originate_disposition"] == cause
    other.wait_end()
    assert any(line.startswith("CANCEL") for line in other.statuses())


def test_a_phone_of_which_nothing_is_heard_is_given_up_sooner_than_one_that_rings(
    leg: Leg, phones: PhoneMaker
) -> None:
    go_on_after_failure(leg)
    options = "[leg_progress_timeout=1,leg_timeout=3]"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        nobody = f"sofia/internal/sip:2000@127.0.0.1:{silent.getsockname()[1]}"
        done = leg.esl.run("bridge", options + nobody)
        assert done["variable_originate_disposition"] == "PROGRESS_TIMEOUT"
    done = leg.esl.run("bridge", options + address(phones("2000", Manners(status=None))))
    assert done["variable_originate_disposition"] == "ALLOTTED_TIMEOUT"


def test_a_caller_who_hangs_up_stops_the_ringing(leg: Leg, phones: PhoneMaker) -> None:
    other = phones("2000", Manners(status=None))
    mark = leg.esl.start("bridge", address(other))
    other.wait_invite()
    leg.phone.hang_up()
    done = leg.esl.finished(mark)
    assert done["Answer-State"] == "hangup"
    assert done["variable_originate_disposition"] == "ORIGINATOR_CANCEL"
    other.wait_end()


def test_of_several_the_first_to_answer_gets_the_call(
    leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    ringing = phones("2000", Manners(status=None))
    answering = phones("2001")
    leg.esl.start("bridge", f"{address(ringing)},{address(answering)}")
    leg.esl.event("CHANNEL_BRIDGE")
    ringing.wait_end()
    answering.line.say(sounds.samples("short"))
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID


def test_of_several_in_order_the_next_is_rung_after_a_refusal(leg: Leg, phones: PhoneMaker) -> None:
    busy = phones("2000", Manners(status=486))
    free = phones("2001")
    leg.esl.start("bridge", f"{address(busy)}|{address(free)}")
    leg.esl.event("CHANNEL_BRIDGE")
    busy.wait_invite()
    assert free.answered.is_set()


def test_the_other_is_shown_the_caller(leg: Leg, phones: PhoneMaker) -> None:
    other, _ = bridged(leg, phones)
    assert other.wait_invite()["From"].startswith('"Test Phone" <sip:5551234@')


def test_the_other_can_be_shown_somebody_else(leg: Leg, phones: PhoneMaker) -> None:
    shown = "{origination_caller_id_name=Desk,origination_caller_id_number=99}"
    other, _ = bridged(leg, phones, shown)
    assert other.wait_invite()["From"].startswith('"Desk" <sip:99@')


def test_what_the_other_plays_before_it_answers_is_heard(
    calls: CallMaker, phones: PhoneMaker, sounds: Sounds
) -> None:
    leg = calls(answer=False)
    other = phones("2000", Manners(status=None, early=sounds.samples("prompt")))
    leg.esl.start("bridge", address(other))
    leg.phone.wait_status(lambda status: status == 183)
    assert leg.phone.line.hears_said(sounds.samples("prompt")) > SAID
    assert not leg.phone.answered.is_set()
    other.pick_up()
    leg.phone.wait_answer()


def test_a_bridge_before_the_answer_answers_the_caller_when_the_other_does(
    calls: CallMaker, phones: PhoneMaker
) -> None:
    leg = calls(answer=False)
    bridged(leg, phones)
    leg.phone.wait_answer()


def test_keys_pressed_in_a_bridge_are_told_and_reach_the_other(
    leg: Leg, phones: PhoneMaker
) -> None:
    other, _ = bridged(leg, phones)
    leg.phone.press("5")
    assert leg.esl.event("DTMF")["DTMF-Digit"] == "5"
    leg.phone.line.wait_said()
    other.line.wait_keys("5")


def test_two_calls_of_the_switch_are_joined_and_parted(
    calls: CallMaker, inbound: Connection, sounds: Sounds
) -> None:
    first, second = calls(), calls()
    told = inbound.api(f"uuid_bridge {first.uuid} {second.uuid}")
    assert told == f"+OK {second.uuid}\n"
    first.esl.event("CHANNEL_BRIDGE")
    first.phone.line.say(sounds.samples("short"))
    assert second.phone.line.hears_said(sounds.samples("short")) > SAID
    first.phone.hang_up()
    second.phone.wait_end()
