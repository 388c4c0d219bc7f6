"""Rooms where several callers hear each other."""

import json

import pytest

from tests.contract.client import Connection
from tests.contract.conftest import CallMaker, Leg
from tests.contract.dialplan import recording
from tests.contract.rtp import SAID
from tests.contract.sounds import Sounds
from tests.listening import heard_in
from tests.switches import Switch

ROOM = "room1"


@pytest.fixture
def watching(inbound: Connection) -> Connection:
    """Listens to what happens in conferences."""
    inbound.command("event plain CUSTOM conference::maintenance")
    return inbound


def enter(leg: Leg, watching: Connection) -> str:
    """Into the room; the member's number."""
    leg.esl.start("conference", f"{ROOM}@default", mark="join")
    told = watching.event("CUSTOM", Action="add-member", Unique_ID=leg.uuid)
    assert told["Conference-Name"] == ROOM
    return told["Member-ID"]


def empty(watching: Connection, *legs: Leg) -> None:
    """Leave, and wait for the room's end, so that the next test finds none."""
    for leg in legs:
        leg.phone.hang_up()
    watching.event("CUSTOM", Action="conference-destroy")


def test_a_room_lives_as_long_as_it_has_members(leg: Leg, watching: Connection) -> None:
    enter(leg, watching)
    created = [e for e in watching.seen if e.get("Action") == "conference-create"]
    assert [event["Conference-Name"] for event in created] == [ROOM]
    assert watching.api(f"conference {ROOM} list count") == "1"
    empty(watching, leg)
    gone = [e["Action"] for e in watching.seen if e.get("Action") != "floor-change"]
    assert gone[-2:] == ["del-member", "conference-destroy"]
    assert watching.api(f"conference {ROOM} list") == f"-ERR Conference {ROOM} not found\n"


def test_members_hear_each_other_but_not_themselves(
    calls: CallMaker, watching: Connection, sounds: Sounds
) -> None:
    legs = [calls(), calls(), calls()]
    for leg in legs:
        enter(leg, watching)
    speaker, *others = (leg.phone.line for leg in legs)
    speaker.say(sounds.samples("prompt"))
    for listener in others:
        assert listener.hears_said(sounds.samples("prompt")) > SAID
    assert heard_in(sounds.samples("prompt"), speaker.heard()) < 0.3
    empty(watching, *legs)


def test_a_muted_member_is_not_heard(
    calls: CallMaker, watching: Connection, sounds: Sounds
) -> None:
    legs = [calls(), calls()]
    muted, _ = (enter(leg, watching) for leg in legs)
    assert watching.api(f"conference {ROOM} mute {muted}") == f"+OK mute {muted}\n"
    watching.event("CUSTOM", Action="mute-member", Member_ID=muted)
    legs[0].phone.line.say(sounds.samples("prompt"))
    legs[0].phone.line.wait_said()
    assert watching.api(f"conference {ROOM} unmute {muted}") == f"+OK unmute {muted}\n"
    watching.event("CUSTOM", Action="unmute-member", Member_ID=muted)
    legs[0].phone.line.say(sounds.samples("short"))
    assert legs[1].phone.line.hears_said(sounds.samples("short")) > SAID
    assert heard_in(sounds.samples("prompt"), legs[1].phone.line.heard()) < 0.3
    empty(watching, *legs)


def test_a_deaf_member_hears_nothing(
    calls: CallMaker, watching: Connection, sounds: Sounds
) -> None:
    legs = [calls(), calls()]
    numbers = [enter(leg, watching) for leg in legs]
    assert watching.api(f"conference {ROOM} deaf {numbers[1]}") == f"+OK deaf {numbers[1]}\n"
    watching.event("CUSTOM", Action="deaf-member", Member_ID=numbers[1])
    legs[0].phone.line.say(sounds.samples("prompt"))
    legs[0].phone.line.wait_said()
    told = watching.api(f"conference {ROOM} undeaf {numbers[1]}")
    assert told == f"+OK undeaf {numbers[1]}\n"
    watching.event("CUSTOM", Action="undeaf-member", Member_ID=numbers[1])
    assert heard_in(sounds.samples("prompt"), legs[1].phone.line.heard()) < 0.3
    empty(watching, *legs)


def test_talking_is_told(leg: Leg, watching: Connection, sounds: Sounds) -> None:
    number = enter(leg, watching)
    leg.phone.line.say(sounds.samples("prompt"))
    watching.event("CUSTOM", Action="start-talking", Member_ID=number)
    watching.event("CUSTOM", Action="stop-talking", Member_ID=number)
    empty(watching, leg)


def test_a_file_is_played_to_the_room(leg: Leg, watching: Connection, sounds: Sounds) -> None:
    enter(leg, watching)
    file = sounds.path("short")
    told = watching.api(f"conference {ROOM} play {file}")
    assert told == f"+OK (play) Playing file {file}\n"
    watching.event("CUSTOM", Action="play-file")
    watching.event("CUSTOM", Action="play-file-done")
    assert leg.phone.line.hears_said(sounds.samples("short")) > SAID
    empty(watching, leg)


def test_a_file_is_played_to_one_member(leg: Leg, watching: Connection, sounds: Sounds) -> None:
    number = enter(leg, watching)
    file = sounds.path("two")
    told = watching.api(f"conference {ROOM} play {file} {number}")
    assert told == f"+OK (play) Playing file {file} to member {number}\n"
    watching.event("CUSTOM", Action="play-file-member", Member_ID=number)
    watching.event("CUSTOM", Action="play-file-member-done", Member_ID=number)
    empty(watching, leg)


def test_a_room_is_recorded(leg: Leg, watching: Connection, sounds: Sounds, switch: Switch) -> None:
    enter(leg, watching)
    file = recording(switch.recordings, "room.wav")
    assert watching.api(f"conference {ROOM} record {file}") == f"+OK Record file {file}\n"
    watching.event("CUSTOM", Action="start-recording")
    leg.phone.line.say(sounds.samples("prompt"))
    leg.phone.line.wait_said()
    told = watching.api(f"conference {ROOM} norecord {file}")
    assert told.startswith(f"Stopped recording file {file}\n+OK Stopped recording ")
    watching.event("CUSTOM", Action="stop-recording")
    assert file.stat().st_size > 16000
    empty(watching, leg)


def test_a_member_is_shown_out_and_goes_on(leg: Leg, watching: Connection) -> None:
    number = enter(leg, watching)
    assert watching.api(f"conference {ROOM} kick {number}") == f"+OK kicked {number}\n"
    watching.event("CUSTOM", Action="kick-member", Member_ID=number)
    assert leg.esl.finished("join")["Answer-State"] == "answered"
    watching.event("CUSTOM", Action="conference-destroy")
    assert leg.esl.run("sleep", "20")["Answer-State"] == "answered"


def test_members_are_listed_as_lines(leg: Leg, watching: Connection) -> None:
    number = enter(leg, watching)
    line = watching.api(f"conference {ROOM} list").rstrip("\n")
    fields = line.split(";")
    assert fields[0] == number
    assert fields[2:5] == [leg.uuid, "Test Phone", "5551234"]
    assert fields[5].startswith("hear|speak")
    empty(watching, leg)


def test_members_are_listed_as_json(leg: Leg, watching: Connection) -> None:
    number = enter(leg, watching)
    listed = json.loads(watching.api(f"conference {ROOM} json_list"))
    assert [room["conference_name"] for room in listed] == [ROOM]
    assert listed[0]["member_count"] == 1
    member = listed[0]["members"][0]
    assert member["id"] == int(number)
    assert member["uuid"] == leg.uuid
    assert member["caller_id_number"] == "5551234"
    assert member["flags"]["can_hear"] is True
    assert member["flags"]["can_speak"] is True
    empty(watching, leg)


def test_a_room_is_locked_and_unlocked(leg: Leg, watching: Connection) -> None:
    enter(leg, watching)
    assert watching.api(f"conference {ROOM} lock") == f"+OK {ROOM} locked\n"
    watching.event("CUSTOM", Action="lock")
    assert watching.api(f"conference {ROOM} unlock") == f"+OK {ROOM} unlocked\n"
    watching.event("CUSTOM", Action="unlock")
    empty(watching, leg)


def test_mistakes_in_a_room_have_their_own_answers(
    leg: Leg, watching: Connection, sounds: Sounds
) -> None:
    enter(leg, watching)
    missing = sounds.path("nosuch")
    answers = {
        "mute 99": "-ERR Non-Existant ID 99\n",
        "bogus": "-ERR Conference command 'bogus' not found.\n",
        f"play {missing}": f"-ERR (play) File: {missing} not found.\n",
    }
    for command, answer in answers.items():
        assert watching.api(f"conference {ROOM} {command}") == answer
    empty(watching, leg)
