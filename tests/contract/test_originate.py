"""Calls that the switch places itself."""

import json

import pytest

from tests.contract.client import Connection, Program
from tests.contract.conftest import PhoneMaker
from tests.contract.dialplan import ECHO
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds
from tests.contract.test_bridge import CAUSES, address
from tests.switches import Switch

LIFE = (
    "CHANNEL_OUTGOING CHANNEL_CREATE CHANNEL_ORIGINATE CHANNEL_PROGRESS CHANNEL_ANSWER "
    "CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY BACKGROUND_JOB"
)


def originated(inbound: Connection, phone: Phone, what: str, options: str = "") -> str:
    """Place a call in the foreground; its UUID."""
    told = inbound.api(f"originate {options}{address(phone)} {what}")
    assert told.startswith("+OK "), told
    return told[4:].strip()


def test_a_call_is_placed_and_played_to(
    inbound: Connection, phones: PhoneMaker, sounds: Sounds
) -> None:
    other = phones("2000")
    originated(inbound, other, f"&playback({sounds.path('short')})")
    assert other.line.hears(sounds.samples("short")) > LIKE
    other.wait_end()


def test_a_placed_call_may_go_to_a_number_of_the_dialplan(
    inbound: Connection, phones: PhoneMaker, sounds: Sounds
) -> None:
    other = phones("2000")
    originated(inbound, other, f"{ECHO} XML public")
    other.line.say(sounds.samples("short"))
    assert other.line.hears_said(sounds.samples("short")) > SAID


def test_a_placed_call_has_the_uuid_and_variables_asked_for(
    inbound: Connection, phones: PhoneMaker
) -> None:
    uuid = "aaaaaaaa-0000-4000-8000-000000000001"
    options = f"{{origination_uuid={uuid},my_tag=hello}}"
    assert originated(inbound, phones("2000"), "&park()", options) == uuid
    assert inbound.api(f"uuid_getvar {uuid} my_tag") == "hello"
    inbound.api(f"uuid_kill {uuid}")


def test_a_placed_call_is_told_step_by_step(inbound: Connection, phones: PhoneMaker) -> None:
    inbound.command(f"event plain {LIFE}")
    other = phones("2000")
    job = inbound.command(f"bgapi originate {address(other)} &park()")["Job-UUID"]
    done = inbound.event("BACKGROUND_JOB", Job_UUID=job)
    uuid = done.text.removeprefix("+OK ").strip()
    other.hang_up()
    inbound.event("CHANNEL_DESTROY", Unique_ID=uuid)
    own = [event.name for event in inbound.seen if event.get("Unique-ID") == uuid]
    assert own == [name for name in LIFE.split() if name != "BACKGROUND_JOB"]
    outgoing = next(event for event in inbound.seen if event.name == "CHANNEL_OUTGOING")
    assert outgoing["Call-Direction"] == "outbound"


@pytest.mark.parametrize(("status", "cause"), CAUSES)
def test_a_refused_call_fails_with_its_cause(
    inbound: Connection, phones: PhoneMaker, status: int, cause: str
) -> None:
    inbound.command(f"event plain {LIFE}")
    target = address(phones("2000", Manners(status=status)))
    reply = inbound.command(f"bgapi originate {target} &park()")
    done = inbound.event("BACKGROUND_JOB", Job_UUID=reply["Job-UUID"])
    assert done.text == f"-ERR {cause}\n"
    assert done["Job-Command"] == "originate"
    assert done["Job-Command-Arg"] == f"{target} &park()"
    assert inbound.event("CHANNEL_HANGUP")["Hangup-Cause"] == cause


def test_a_call_nobody_answers_is_given_up(inbound: Connection, phones: PhoneMaker) -> None:
    other = phones("2000", Manners(status=None))
    told = inbound.api(f"originate {{originate_timeout=1}}{address(other)} &park()")
    assert told == "-ERR NO_ANSWER\n"
    other.wait_end()


def test_a_placed_call_is_handed_to_a_program(
    switch: Switch, program: Program, inbound: Connection, phones: PhoneMaker
) -> None:
    what = f"'&socket(127.0.0.1:{switch.socket_port} async full)'"
    reply = inbound.command(f"bgapi originate {{my_tag=x}}{address(phones('2000'))} {what}")
    assert reply.reply.startswith("+OK Job-UUID: ")
    esl = program.accept()
    connected = esl.command("connect")
    assert connected["Call-Direction"] == "outbound"
    assert connected["Control"] == "full"
    assert connected["Socket-Mode"] == "async"
    assert connected["Answer-State"] == "answered"
    assert connected["variable_my_tag"] == "x"
    assert esl.command("linger 1").reply == "+OK will linger 1 seconds"
    esl.command("myevents")
    inbound.api(f"uuid_kill {connected['Unique-ID']} CALL_REJECTED")
    assert esl.event("CHANNEL_HANGUP")["Hangup-Cause"] == "CALL_REJECTED"


def test_unquoted_socket_words_are_silently_synchronous(
    switch: Switch, program: Program, inbound: Connection, phones: PhoneMaker
) -> None:
    what = f"&socket(127.0.0.1:{switch.socket_port}\\040async\\040full)"
    inbound.command(f"bgapi originate {address(phones('2000'))} {what}")
    connected = program.accept().command("connect")
    assert connected["Socket-Mode"] == "static"
    assert connected["Control"] == "single-channel"


def test_calls_in_progress_are_listed_as_json(inbound: Connection, phones: PhoneMaker) -> None:
    uuid = originated(inbound, phones("2000"), "&park()")
    rows = json.loads(inbound.api_with("show channels as json", uuid))["rows"]
    own = [row for row in rows if row["uuid"] == uuid]
    assert len(own) == 1
    assert own[0]["direction"] == "outbound"
    assert own[0]["dest"] == "2000"
    assert own[0]["name"].startswith("sofia/internal/2000@127.0.0.1")
    inbound.api(f"uuid_kill {uuid}")


def test_calls_in_progress_are_listed_as_lines(inbound: Connection, phones: PhoneMaker) -> None:
    uuid = originated(inbound, phones("2000"), "&park()")
    lines = inbound.api_with("show channels", uuid).split("\n")
    assert lines[0].startswith("uuid,direction,created,created_epoch,name,state,cid_name,cid_num,")
    assert any(line.startswith(f"{uuid},outbound,") for line in lines)
    assert lines[-2].endswith(" total.")
    inbound.api(f"uuid_kill {uuid}")
