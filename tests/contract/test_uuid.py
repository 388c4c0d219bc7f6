"""Steering a live call from another connection."""

import pytest

from tests.contract.client import MORE_EVENTS, Connection
from tests.contract.conftest import Leg
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.switches import Switch


def test_a_variable_is_set_and_read_from_outside(leg: Leg, inbound: Connection) -> None:
    assert inbound.api(f"uuid_setvar {leg.uuid} foo bar baz") == "+OK\n"
    assert inbound.api(f"uuid_getvar {leg.uuid} foo") == "bar baz"
    assert leg.esl.command("getvar foo").reply == "bar baz"


def test_a_variable_set_to_nothing_is_gone(leg: Leg, inbound: Connection) -> None:
    inbound.api(f"uuid_setvar {leg.uuid} foo bar")
    assert inbound.api(f"uuid_setvar {leg.uuid} foo") == "+OK\n"
    assert inbound.api(f"uuid_getvar {leg.uuid} foo") == "_undef_"


def test_several_variables_are_set_at_once(leg: Leg, inbound: Connection) -> None:
    assert inbound.api(f"uuid_setvar_multi {leg.uuid} a=1;b=2") == "+OK\n"
    assert inbound.api(f"uuid_getvar {leg.uuid} b") == "2"


def test_a_call_exists_until_it_ends(leg: Leg, inbound: Connection) -> None:
    assert inbound.api(f"uuid_exists {leg.uuid}") == "true"
    leg.phone.hang_up()
    leg.esl.event("CHANNEL_HANGUP_COMPLETE")
    inbound.api_with(f"uuid_exists {leg.uuid}", "false")
    assert inbound.api(f"uuid_kill {leg.uuid}") == "-ERR No such channel!\n"


def test_a_dump_is_an_event_of_the_call(leg: Leg, inbound: Connection) -> None:
    told = inbound.api(f"uuid_dump {leg.uuid}")
    lines = told.split("\n")
    assert lines[0] == "Event-Name: CHANNEL_DATA"
    assert f"Unique-ID: {leg.uuid}" in lines
    assert "Answer-State: answered" in lines


@pytest.mark.parametrize("form", ["{}", "playback::{}"])
def test_a_file_is_played_from_outside(
    leg: Leg, inbound: Connection, sounds: Sounds, form: str
) -> None:
    file = sounds.path("short")
    told = inbound.api(f"uuid_broadcast {leg.uuid} {form.format(file)} aleg")
    assert told == "+OK Message sent\n"
    done = leg.esl.event("CHANNEL_EXECUTE_COMPLETE", Application="playback")
    assert done["Application-Data"] == file
    assert leg.phone.line.hears(sounds.samples("short")) > LIKE


def test_a_broadcast_is_broken_off(leg: Leg, inbound: Connection, sounds: Sounds) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    inbound.api(f"uuid_broadcast {leg.uuid} {sounds.path('long')} both")
    leg.esl.event("PLAYBACK_START")
    assert inbound.api(f"uuid_break {leg.uuid} all") == "+OK\n"
    assert leg.esl.event("PLAYBACK_STOP")["Playback-Status"] == "break"


def test_a_call_is_put_on_hold_from_outside(leg: Leg, inbound: Connection) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    assert inbound.api(f"uuid_hold {leg.uuid}") == "+OK Success\n"
    leg.esl.event("CHANNEL_HOLD")
    assert inbound.api(f"uuid_hold off {leg.uuid}") == "+OK Success\n"
    leg.esl.event("CHANNEL_UNHOLD")


def test_a_call_is_parked_from_outside_and_leaves_its_program(
    leg: Leg, inbound: Connection
) -> None:
    assert inbound.api(f"uuid_park {leg.uuid}") == "+OK\n"
    leg.esl.event("CHANNEL_EXECUTE_COMPLETE", Application="socket")
    leg.esl.event("CHANNEL_PARK", Channel_State="CS_PARK")


def test_a_recording_from_outside_ends_at_its_limit(
    leg: Leg, inbound: Connection, switch: Switch
) -> None:
    leg.esl.command(f"event plain {MORE_EVENTS}")
    file = switch.recordings / "limit.wav"
    assert inbound.api(f"uuid_record {leg.uuid} start {file} 1") == "+OK Success\n"
    stopped = leg.esl.event("RECORD_STOP")
    assert stopped["Record-Completion-Cause"] == "success-maxtime"
