"""How calls end, before and after the answer, and in which order it is told."""

import pytest

from tests.contract.client import Connection
from tests.contract.conftest import CallMaker, Leg
from tests.contract.dialplan import BUSY, ECHO, NOTHING
from tests.contract.phone import Phone
from tests.contract.sounds import Sounds
from tests.switches import Switch

AFTER_HANGUP = [
    "CHANNEL_UNPARK",
    "CHANNEL_EXECUTE_COMPLETE",
    "CHANNEL_STATE",
    "CHANNEL_STATE",
    "CHANNEL_HANGUP_COMPLETE",
]
"""The completion is that of `socket` itself."""


def told_at_the_end(leg: Leg) -> list[str]:
    """All events from CHANNEL_HANGUP on; the linger notice may come anywhere around it."""
    leg.esl.event("CHANNEL_HANGUP_COMPLETE")
    if "notice:linger" not in leg.esl.names():
        leg.esl.notice("linger")
    names = leg.esl.names()
    end = names[names.index("CHANNEL_HANGUP") :]
    assert "notice:linger" in names
    return [name for name in end if name != "notice:linger"]


def test_a_program_hangs_up_with_a_cause_of_its_own(leg: Leg) -> None:
    command = "sendmsg\ncall-command: hangup\nhangup-cause: USER_BUSY"
    assert leg.esl.command(command).reply == "+OK"
    assert leg.esl.event("CHANNEL_HANGUP")["Hangup-Cause"] == "USER_BUSY"
    assert told_at_the_end(leg) == ["CHANNEL_HANGUP", *AFTER_HANGUP]
    leg.phone.wait_end()


def test_hanging_up_by_application_completes_it(leg: Leg) -> None:
    done = leg.esl.run("hangup")
    assert done["Answer-State"] == "hangup"
    assert done["Hangup-Cause"] == "NORMAL_CLEARING"
    names = told_at_the_end(leg)
    assert names == ["CHANNEL_HANGUP", "CHANNEL_EXECUTE_COMPLETE", *AFTER_HANGUP]


def test_a_caller_who_hangs_up_ends_the_running_playback_first(leg: Leg, sounds: Sounds) -> None:
    leg.esl.command("event plain PLAYBACK_START PLAYBACK_STOP")
    mark = leg.esl.start("playback", sounds.path("long"))
    leg.esl.event("PLAYBACK_START")
    leg.phone.hang_up()
    done = leg.esl.finished(mark)
    assert done["Answer-State"] == "hangup"
    assert done["Application-Response"] in ("PLAYBACK ERROR", "FILE PLAYED")
    assert told_at_the_end(leg) == [
        "CHANNEL_HANGUP",
        "PLAYBACK_STOP",
        "CHANNEL_EXECUTE_COMPLETE",
        *AFTER_HANGUP,
    ]


def test_the_last_event_of_a_call_sums_it_up(leg: Leg) -> None:
    leg.phone.hang_up()
    last = leg.esl.event("CHANNEL_HANGUP_COMPLETE")
    assert last["Hangup-Cause"] == "NORMAL_CLEARING"
    assert last["variable_hangup_cause"] == "NORMAL_CLEARING"
    assert last["variable_sip_hangup_disposition"] == "recv_bye"
    assert last["Channel-State"] == "CS_REPORTING"
    assert last["Channel-Call-State"] == "HANGUP"
    assert int(last["variable_duration"]) >= int(last["variable_billsec"]) >= 0
    assert int(last["Caller-Channel-Hangup-Time"]) > 0


def test_the_switch_says_that_it_hung_up_itself(leg: Leg) -> None:
    leg.esl.run("hangup")
    last = leg.esl.event("CHANNEL_HANGUP_COMPLETE")
    assert last["variable_sip_hangup_disposition"] == "send_bye"


def test_a_caller_may_give_up_before_the_answer(calls: CallMaker) -> None:
    leg = calls(answer=False)
    leg.phone.hang_up()
    assert leg.esl.event("CHANNEL_HANGUP")["Hangup-Cause"] == "ORIGINATOR_CANCEL"
    assert told_at_the_end(leg) == ["CHANNEL_HANGUP", *AFTER_HANGUP]
    assert leg.phone.final() == 487


@pytest.mark.parametrize(
    ("cause", "status"),
    [
        ("NORMAL_CLEARING", 480),
        ("CALL_REJECTED", 603),
        ("USER_BUSY", 486),
        ("UNALLOCATED_NUMBER", 404),
        ("NO_ROUTE_DESTINATION", 404),
        ("NO_ANSWER", 480),
        ("NO_USER_RESPONSE", 408),
        ("NORMAL_TEMPORARY_FAILURE", 503),
        ("INVALID_NUMBER_FORMAT", 484),
        ("INCOMPATIBLE_DESTINATION", 488),
        ("DESTINATION_OUT_OF_ORDER", 502),
    ],
)
def test_a_program_refuses_a_call_with_the_status_of_its_cause(
    calls: CallMaker, cause: str, status: int
) -> None:
    leg = calls(answer=False)
    leg.esl.start("hangup", cause)
    assert leg.esl.event("CHANNEL_HANGUP_COMPLETE")["Hangup-Cause"] == cause
    assert leg.phone.final() == status


@pytest.mark.parametrize(
    ("status", "cause"), [(486, "USER_BUSY"), (404, "UNALLOCATED_NUMBER"), (603, "CALL_REJECTED")]
)
def test_a_program_refuses_a_call_with_a_status(calls: CallMaker, status: int, cause: str) -> None:
    leg = calls(answer=False)
    leg.esl.start("respond", str(status))
    assert leg.esl.event("CHANNEL_HANGUP_COMPLETE")["Hangup-Cause"] == cause
    assert leg.phone.final() == status


def test_the_dialplan_refuses_a_call(switch: Switch, phone: Phone) -> None:
    assert phone.call(switch.sip, BUSY).final() == 486


def test_a_number_that_is_not_there_is_not_found(switch: Switch, phone: Phone) -> None:
    assert phone.call(switch.sip, NOTHING).final() == 404


def test_a_phone_without_a_common_codec_is_refused(switch: Switch, phone: Phone) -> None:
    phone.codecs = "96"
    assert phone.call(switch.sip, ECHO).final() == 488


def test_an_unknown_application_kills_the_call(leg: Leg) -> None:
    leg.esl.start("nosuchapp", "x", mark="bad")
    last = leg.esl.event("CHANNEL_HANGUP_COMPLETE")
    assert last["Hangup-Cause"] == "DESTINATION_OUT_OF_ORDER"
    assert not [e for e in leg.esl.seen if e.get("Application") == "nosuchapp"]
    leg.phone.wait_end()


def test_a_killed_call_ends_with_the_cause_given(
    leg: Leg, inbound: Connection, sounds: Sounds
) -> None:
    mark = leg.esl.start("playback", sounds.path("long"))
    leg.esl.event("CHANNEL_EXECUTE", Application="playback")
    assert inbound.api(f"uuid_kill {leg.uuid} CALL_REJECTED") == "+OK\n"
    assert leg.esl.finished(mark)["Hangup-Cause"] == "CALL_REJECTED"
    assert told_at_the_end(leg) == ["CHANNEL_HANGUP", "CHANNEL_EXECUTE_COMPLETE", *AFTER_HANGUP]
    leg.phone.wait_end()


def test_a_hangup_can_be_arranged_for_later(leg: Leg) -> None:
    leg.esl.run("sched_hangup", "+1 ALLOTTED_TIMEOUT")
    assert leg.esl.event("CHANNEL_HANGUP")["Hangup-Cause"] == "ALLOTTED_TIMEOUT"
    leg.phone.wait_end()


def test_hangups_of_all_calls_end_every_call(calls: CallMaker, inbound: Connection) -> None:
    legs = [calls(), calls()]
    told = inbound.api("hupall")
    assert told == "+OK hangup all channels with cause MANAGER_REQUEST\n"
    for leg in legs:
        assert leg.esl.event("CHANNEL_HANGUP")["Hangup-Cause"] == "MANAGER_REQUEST"
        leg.phone.wait_end()
