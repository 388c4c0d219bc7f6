"""Calls that move on: transfer, park, hold, and programs that come and go."""

from tests.contract.client import Connection, Program
from tests.contract.conftest import CallMaker, Leg
from tests.contract.dialplan import ECHO, PARKED, PROGRAM
from tests.contract.rtp import SAID
from tests.contract.sounds import Sounds

HOLDS = "event plain CHANNEL_HOLD CHANNEL_UNHOLD"


def test_a_program_sends_its_call_to_another_number(leg: Leg, sounds: Sounds) -> None:
    leg.esl.run("transfer", f"{ECHO} XML public")
    leg.esl.event("CHANNEL_EXECUTE", Application="echo")
    leg.phone.line.say(sounds.samples("short"))
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID


def test_a_transferred_call_leaves_its_socket_first(leg: Leg) -> None:
    leg.esl.start("transfer", f"{ECHO} XML public", mark="away")
    leg.esl.event("CHANNEL_EXECUTE", Application="echo")
    steps = [
        event.get("Application") or event.name
        for event in leg.esl.seen
        if event.name in ("CHANNEL_EXECUTE", "CHANNEL_EXECUTE_COMPLETE", "CHANNEL_UNPARK")
    ]
    assert steps[steps.index("transfer") :] == [
        "transfer",
        "transfer",
        "CHANNEL_UNPARK",
        "socket",
        "answer",
        "answer",
        "echo",
    ]


def test_a_call_can_be_fetched_back_by_a_second_program(
    leg: Leg, program: Program, inbound: Connection
) -> None:
    leg.esl.run("transfer", f"{ECHO} XML public")
    leg.esl.event("CHANNEL_EXECUTE", Application="echo")
    assert inbound.api(f"uuid_transfer {leg.uuid} {PROGRAM} XML public") == "+OK\n"
    second = program.accept()
    connected = second.command("connect")
    assert connected["Unique-ID"] == leg.uuid
    assert connected["Answer-State"] == "answered"


def test_a_call_is_transferred_from_outside(leg: Leg, inbound: Connection, sounds: Sounds) -> None:
    mark = leg.esl.start("playback", sounds.path("long"))
    leg.esl.event("CHANNEL_EXECUTE", Application="playback")
    assert inbound.api(f"uuid_transfer {leg.uuid} {ECHO} XML public") == "+OK\n"
    leg.esl.finished(mark)
    leg.esl.event("CHANNEL_EXECUTE", Application="echo")
    assert inbound.api(f"uuid_getvar {leg.uuid} current_application") == "echo"


def test_a_transfer_to_nowhere_ends_the_call(leg: Leg) -> None:
    leg.esl.start("transfer", "199 XML public")
    assert leg.esl.event("CHANNEL_HANGUP")["Hangup-Cause"] == "NO_ROUTE_DESTINATION"
    leg.phone.wait_end()


def test_a_call_can_be_parked_by_the_dialplan(leg: Leg) -> None:
    leg.esl.run("transfer", f"{PARKED} XML public")
    parked = leg.esl.event("CHANNEL_EXECUTE", Application="park")
    assert parked["Answer-State"] == "answered"
    leg.phone.hang_up()
    assert leg.esl.event("CHANNEL_HANGUP_COMPLETE")["Hangup-Cause"] == "NORMAL_CLEARING"


def test_a_phone_puts_the_call_on_hold_and_takes_it_back(leg: Leg) -> None:
    leg.esl.command(HOLDS)
    leg.phone.hold("sendonly")
    assert leg.esl.event("CHANNEL_HOLD")["Unique-ID"] == leg.uuid
    leg.phone.hold("sendrecv")
    leg.esl.event("CHANNEL_UNHOLD")
    assert leg.esl.run("sleep", "20")["Answer-State"] == "answered"


def test_a_hold_is_answered_with_the_direction_turned_round(leg: Leg) -> None:
    leg.esl.command(HOLDS)
    assert "a=recvonly" in leg.phone.hold("sendonly").body


def test_sound_is_heard_again_after_a_hold(leg: Leg, sounds: Sounds) -> None:
    leg.esl.command(HOLDS)
    leg.phone.hold("sendonly")
    leg.esl.event("CHANNEL_HOLD")
    leg.phone.hold("sendrecv")
    leg.esl.event("CHANNEL_UNHOLD")
    leg.esl.run("playback", sounds.path("short"))
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID


def test_a_program_need_not_answer_to_transfer(calls: CallMaker) -> None:
    leg = calls(answer=False)
    leg.esl.start("transfer", f"{ECHO} XML public")
    leg.phone.wait_answer()
