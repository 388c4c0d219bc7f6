"""Transfers that a phone asks for by REFER (RFC 3515): blind, and attended (RFC 3891)."""

from urllib.parse import quote

from tests.contract.conftest import CallMaker, Leg, PhoneMaker
from tests.contract.dialplan import ECHO, NOTHING
from tests.contract.phone import Phone
from tests.contract.rtp import SAID
from tests.contract.sounds import Sounds
from tests.contract.test_bridge import bridged, go_on_after_failure
from tests.switches import Switch

LIMIT = 30.0


def number(switch: Switch, extension: str) -> str:
    return f"sip:{extension}@127.0.0.1:{switch.plan.sip_port}"


def test_a_phone_sends_the_caller_to_another_number(
    switch: Switch, leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    other, mark = bridged(leg, phones)
    assert other.refer(number(switch, ECHO)).status == 202
    assert other.told_of_transfer() == "SIP/2.0 200 OK"
    leg.phone.line.say(sounds.samples("short"))
    assert leg.phone.line.hears_said(sounds.samples("short"), LIMIT) > SAID
    other.wait_end()
    done = leg.esl.finished(mark)
    assert done["Answer-State"] == "answered"
    assert f":bl_xfer:{ECHO}/" in done["Caller-Transfer-Source"]


def replaced(switch: Switch, phone: Phone, extension: str) -> str:
    """An address that stands for the call that `phone` is in (RFC 3891, section 3)."""
    dialog = phone.dialog
    assert dialog is not None
    theirs = dialog.remote.rpartition(";tag=")[2]
    ours = dialog.local.rpartition(";tag=")[2]
    parameters = f"{dialog.call_id};to-tag={theirs};from-tag={ours}"
    return f"{number(switch, extension)}?Replaces={quote(parameters, safe='')}"


def test_a_phone_joins_the_two_that_it_speaks_to(
    switch: Switch, calls: CallMaker, phones: PhoneMaker, sounds: Sounds
) -> None:
    first, second = calls(), calls()
    agent, mark = bridged(first, phones)
    asked, second_mark = bridged(second, phones)
    agent.hold("sendonly")
    assert agent.refer(replaced(switch, second.phone, "2001")).status == 202
    assert agent.told_of_transfer() == "SIP/2.0 200 OK"
    agent.wait_end()
    second.phone.wait_end()
    first.phone.line.say(sounds.samples("short"))
    assert asked.line.hears_said(sounds.samples("short"), LIMIT) > SAID
    asked.line.say(sounds.samples("prompt"))
    assert first.phone.line.hears_said(sounds.samples("prompt"), LIMIT) > SAID
    assert ":uuid_br:" in first.esl.finished(mark)["Caller-Transfer-Source"]
    done = second.esl.finished(second_mark)
    assert done["variable_endpoint_disposition"] == "ATTENDED_TRANSFER"
    assert done["variable_transfer_disposition"] == "replaced"


def test_a_caller_sends_the_other_to_another_number(
    switch: Switch, leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    go_on_after_failure(leg)
    other, mark = bridged(leg, phones)
    assert leg.phone.refer(number(switch, ECHO)).status == 202
    other.line.say(sounds.samples("short"))
    assert other.line.hears_said(sounds.samples("short"), LIMIT) > SAID
    assert leg.esl.finished(mark)["Answer-State"] == "answered"


def test_a_host_that_a_phone_names_is_not_dialled(
    switch: Switch, leg: Leg, phones: PhoneMaker, sounds: Sounds
) -> None:
    """A number is always one of ours, whatever host it is said to be at."""
    other, _ = bridged(leg, phones)
    outside = phones(ECHO)
    other.refer(f"sip:{ECHO}@127.0.0.1:{outside.port}")
    leg.phone.line.say(sounds.samples("short"))
    assert leg.phone.line.hears_said(sounds.samples("short"), LIMIT) > SAID
    assert not outside.invited.is_set()


def test_a_number_that_is_none_of_ours_is_not_dialled(
    switch: Switch, leg: Leg, phones: PhoneMaker
) -> None:
    other, _ = bridged(leg, phones)
    other.refer(number(switch, NOTHING))
    assert leg.esl.event("CHANNEL_HANGUP")["Hangup-Cause"] == "NO_ROUTE_DESTINATION"
    leg.phone.wait_end()


def test_who_speaks_to_nobody_cannot_transfer(switch: Switch, leg: Leg) -> None:
    leg.phone.refer(number(switch, ECHO))
    assert leg.phone.told_of_transfer() == "SIP/2.0 403 Forbidden"
    assert leg.esl.run("sleep", "20")["Answer-State"] == "answered"


def test_a_phone_joins_its_caller_with_a_menu_that_it_has_called(
    switch: Switch, calls: CallMaker, phones: PhoneMaker, sounds: Sounds
) -> None:
    first, menu = calls(), phones()
    agent, mark = bridged(first, phones)
    menu.call(switch.sip, ECHO).wait_answer()
    agent.refer(replaced(switch, menu, ECHO))
    menu.wait_end()
    first.phone.line.say(sounds.samples("short"))
    assert first.phone.line.hears_said(sounds.samples("short"), LIMIT) > SAID
    assert first.esl.finished(mark)["Answer-State"] == "answered"


def test_the_address_of_a_call_that_is_not_here_is_not_dialled(
    switch: Switch, leg: Leg, phones: PhoneMaker
) -> None:
    other, _ = bridged(leg, phones)
    outside = phones("2999")
    unknown = quote("nobody@nowhere;to-tag=1;from-tag=2", safe="")
    other.refer(f"sip:2999@127.0.0.1:{outside.port}?Replaces={unknown}")
    assert other.told_of_transfer(LIMIT) == "SIP/2.0 403 Forbidden"
    assert not outside.invited.is_set()
