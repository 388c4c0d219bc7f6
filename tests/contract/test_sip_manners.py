"""The switch as a phone on the network meets it."""

import pytest

from tests.contract import sip
from tests.contract.client import Connection
from tests.contract.conftest import CallMaker, Leg, PhoneMaker
from tests.contract.dialplan import ECHO
from tests.contract.phone import Phone
from tests.contract.sip_end import Dialog
from tests.contract.sounds import Sounds
from tests.switches import Switch


def ask(phone: Phone, switch: Switch, method: str) -> sip.Message:
    """One request outside any call; the answer to it."""
    uri = f"sip:{switch.sip[0]}:{switch.sip[1]}"
    local = f"<sip:1@127.0.0.1>;tag={phone.tag}"
    phone.dialog = Dialog(uri, local, f"<{uri}>", phone.tag, switch.sip)
    phone.request(method)
    answer = phone.wait_status(lambda status: status >= 200, method)
    phone.dialog = None
    return answer


def test_options_are_answered(switch: Switch, phone: Phone) -> None:
    answer = ask(phone, switch, "OPTIONS")
    assert answer.status == 200
    assert "INVITE" in answer["Allow"]


def test_a_bye_for_no_call_is_refused(switch: Switch, phone: Phone) -> None:
    assert ask(phone, switch, "BYE").status == 481


def test_a_caller_without_mulaw_is_answered_with_alaw(switch: Switch, phone: Phone) -> None:
    phone.codecs = "8 101"
    phone.call(switch.sip, ECHO).wait_answer()
    answer = phone.wait_status(lambda status: status == 200).body
    offered = next(line for line in answer.splitlines() if line.startswith("m=audio"))
    assert offered.split()[3] == "8"


def test_the_answer_takes_the_offers_number_for_keys(switch: Switch, phone: Phone) -> None:
    phone.call(switch.sip, ECHO).wait_answer()
    answer = phone.wait_status(lambda status: status == 200).body
    assert "a=rtpmap:101 telephone-event/8000" in answer


def test_an_invite_sent_again_is_no_second_call(
    switch: Switch, phones: PhoneMaker, inbound: Connection
) -> None:
    inbound.command("event plain CHANNEL_CREATE CHANNEL_DESTROY")
    inbound.command("filter Caller-Caller-ID-Number 5557071")  # calls before may still be ending
    phone = phones("5557071").call(switch.sip, ECHO)
    phone.invite_again()
    phone.wait_answer().hang_up()
    inbound.event("CHANNEL_DESTROY")
    assert inbound.names() == ["CHANNEL_CREATE", "CHANNEL_DESTROY"]


def test_ringing_is_sent_when_the_program_asks(calls: CallMaker) -> None:
    leg = calls(answer=False)
    leg.esl.run("ring_ready")
    assert leg.phone.wait_status(lambda status: status == 180).body == ""


def test_early_media_is_opened_when_the_program_asks(calls: CallMaker) -> None:
    leg = calls(answer=False)
    done = leg.esl.run("pre_answer")
    assert done["Answer-State"] == "early"
    assert "m=audio" in leg.phone.wait_status(lambda status: status == 183).body


def test_answering_twice_does_no_harm(leg: Leg) -> None:
    assert leg.esl.run("answer")["Answer-State"] == "answered"


def test_two_callers_with_one_call_id_are_two_calls(switch: Switch, phones: PhoneMaker) -> None:
    first, second = phones("1"), phones("2")
    first.call(switch.sip, ECHO).wait_answer()
    assert first.dialog is not None
    second.call_as(first.dialog.call_id, switch.sip, ECHO)
    second.wait_answer()
    second.hang_up()
    assert not first.ended.is_set()


@pytest.mark.parametrize("garbage", [b"", b"\r\n\r\n", b"INVITE\r\n\r\n", b"\x00" * 2000])
def test_garbage_on_the_sip_port_disturbs_no_call(
    leg: Leg, switch: Switch, sounds: Sounds, garbage: bytes
) -> None:
    mark = leg.esl.start("playback", sounds.path("two"))
    for _ in range(50):
        leg.phone.socket.sendto(garbage, switch.sip)
    assert leg.esl.finished(mark)["Application-Response"] == "FILE PLAYED"
