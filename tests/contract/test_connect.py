"""The first words between the switch and a program that is handed a call."""

import pytest

from tests.contract.client import Program, split_headers
from tests.contract.conftest import CallMaker, Leg, PhoneMaker
from tests.contract.dialplan import ANSWERED_PROGRAM, ONE_CHANNEL, PROGRAM
from tests.contract.sounds import Sounds
from tests.switches import Switch


def test_the_connect_reply_is_a_whole_event_whose_name_comes_first(leg: Leg) -> None:
    assert leg.connected.wire[0] == ("Event-Name", "CHANNEL_DATA")


def test_the_connect_reply_ends_with_its_own_headers_encoded(leg: Leg) -> None:
    wire = dict(leg.connected.wire)
    assert wire["Content-Type"] == "command/reply"
    assert wire["Reply-Text"] == "%2BOK%0A"
    assert wire["Socket-Mode"] == "async"
    assert wire["Control"] == "full"


@pytest.mark.parametrize(
    ("privacy", "hidden"), [("id", "true"), ("user;id", "true"), ("none", "false")]
)
def test_a_caller_who_withholds_the_number_is_marked_so(
    switch: Switch, program: Program, phones: PhoneMaker, privacy: str, hidden: str
) -> None:
    phones().call(switch.sip, PROGRAM, ("Privacy", privacy))
    told = program.accept().command("connect")
    assert told["Caller-Privacy-Hide-Number"] == hidden
    assert told["Caller-Privacy-Hide-Name"] == hidden
    assert told["Caller-Caller-ID-Number"] == "5551234"


def test_the_caller_is_named_in_the_connect_reply(leg: Leg) -> None:
    told = leg.connected.headers
    assert told["Caller-Caller-ID-Number"] == "5551234"
    assert told["Caller-Caller-ID-Name"] == "Test Phone"
    assert told["Caller-Destination-Number"] == PROGRAM
    assert told["Channel-Destination-Number"] == PROGRAM
    assert told["Call-Direction"] == "inbound"
    assert told["variable_sip_call_id"] == leg.phone.dialog.call_id  # type: ignore[union-attr]
    assert told["Channel-Call-UUID"] == told["Unique-ID"] == told["variable_uuid"]


def test_a_call_not_answered_yet_is_ringing_in_the_connect_reply(calls: CallMaker) -> None:
    told = calls(answer=False).connected.headers
    assert told["Answer-State"] == "ringing"
    assert told["Channel-State"] == "CS_EXECUTE"
    assert told["Channel-Call-State"] == "RINGING"


def test_a_call_answered_by_the_dialplan_is_answered_in_the_connect_reply(
    calls: CallMaker,
) -> None:
    told = calls(answer=False, number=ANSWERED_PROGRAM).connected.headers
    assert told["Answer-State"] == "answered"
    assert told["Channel-Call-State"] == "ACTIVE"
    assert int(told["Caller-Channel-Answered-Time"]) > 0


def test_a_socket_without_full_controls_a_single_channel(
    switch: Switch, program: Program, phones: PhoneMaker
) -> None:
    phones().call(switch.sip, ONE_CHANNEL)
    connected = program.accept().command("connect")
    assert connected["Socket-Mode"] == "async"
    assert connected["Control"] == "single-channel"


def test_the_whole_first_breath_may_come_in_one_write(
    switch: Switch, program: Program, phones: PhoneMaker, sounds: Sounds
) -> None:
    phone = phones().call(switch.sip, PROGRAM)
    esl = program.accept()
    answer = "sendmsg\ncall-command: execute\nexecute-app-name: answer\nEvent-UUID: a\n"
    play = (
        "sendmsg\ncall-command: execute\nexecute-app-name: playback\n"
        f"execute-app-arg: {sounds.path('two')}\nEvent-UUID: p\nevent-lock: true\n"
    )
    esl.send(f"connect\n\nmyevents\n\nlinger 3\n\n{answer}event-lock: true\n\n{play}\n")
    replies = [esl.answer().reply.strip() for _ in range(5)]
    assert replies == ["+OK", "+OK Events Enabled", "+OK will linger 3 seconds", "+OK", "+OK"]
    phone.wait_answer()
    assert esl.finished("p")["Application-Response"] == "FILE PLAYED"


def test_the_same_channel_has_the_same_headers_in_its_events(leg: Leg) -> None:
    event = leg.esl.run("set", "colour=green")
    inner = event.body.partition(b"\n\n")[0]
    assert split_headers(inner)[0] == ("Event-Name", "CHANNEL_EXECUTE_COMPLETE")
    assert event["variable_colour"] == "green"
    assert event["Unique-ID"] == leg.uuid
    assert event["Caller-Unique-ID"] == leg.uuid


def test_an_event_frame_gives_its_length_before_its_type(leg: Leg) -> None:
    event = leg.esl.run("set", "a=b")
    assert [name for name, _ in event.wire] == ["Content-Length", "Content-Type"]
    assert event.body.endswith(b"\n\n")
