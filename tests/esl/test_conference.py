"""Lists and events of rooms with whatever may stand in them; commands that must not be sent."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esl.conference import Everybody, RoomControl
from esl.conference_events import (
    KeyTold,
    MemberNews,
    MemberTold,
    RoomNews,
    RoomTold,
    SoundNews,
    SoundTold,
    told,
)
from esl.conference_list import read_list
from esl.errors import (
    CommandFailed,
    MemberMissing,
    RoomFailed,
    RoomMissing,
    UnsafeArgument,
    WireError,
)
from esl.event import Event

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
ROOM_FIELDS = ["conference_name", "conference_uuid", "members", "variables", "locked", "run_time"]
MEMBER_FIELDS = ["id", "uuid", "flags", "type", "record_path", "energy", "caller_id_name"]
fields = st.sampled_from([*ROOM_FIELDS, *MEMBER_FIELDS])
odd_members = st.dictionaries(fields, values)
odd_rooms = st.dictionaries(fields, values | st.lists(odd_members, max_size=3))
quick = settings(max_examples=200, deadline=None)


@quick
@given(st.lists(odd_rooms | values, max_size=3))
def test_a_list_of_anything_is_read(given_rooms: list[Any]) -> None:
    for room in read_list(json.dumps(given_rooms)):
        assert isinstance(room.name, str)
        assert all(member.number > 0 for member in room.members)
        assert all(isinstance(path, str) for path in room.recordings)


@pytest.mark.parametrize("answer", ["", "{}", "+OK", "[" * 100_000, '"x"', "[1"])
def test_what_is_no_list_is_refused(answer: str) -> None:
    with pytest.raises(WireError):
        read_list(answer)


def test_a_hostile_caller_stays_in_his_own_member() -> None:
    name = '"}],"locked":true,\n' + "x" * 1000
    member = {"type": "caller", "id": 7, "uuid": "u", "caller_id_name": name, "flags": {}}
    (room,) = read_list(json.dumps([{"conference_name": "r", "members": [member]}]))
    assert not room.locked
    assert room.members[0].name == name[:256]


def event(**headers: str) -> Event:
    known = {
        "Event-Name": "CUSTOM",
        "Event-Subclass": "conference::maintenance",
        "Conference-Name": "red",
        "Conference-Unique-ID": "id-1",
        "Conference-Size": "2",
        "Event-Date-Timestamp": "1795285303971948",
    }
    given_here = {name.replace("_", "-"): value for name, value in headers.items()}
    return Event(json.dumps(known | given_here).encode())


def test_a_member_is_told_as_it_is() -> None:
    facts = {"Hear": "true", "Speak": "false", "Talking": "false", "Floor": "true"}
    found = told(
        event(
            Action="mute-member",
            Member_ID="12",
            Member_Type="moderator",
            Unique_ID="call",
            Caller_Caller_ID_Name="Ann",
            Caller_Caller_ID_Number="555",
            **facts,
        )
    )
    assert isinstance(found, MemberTold)
    assert (found.what, found.room, found.room_id, found.size) == (
        MemberNews.MUTED,
        "red",
        "id-1",
        2,
    )
    assert found.at == pytest.approx(1795285303.97, abs=0.01)
    member = found.member
    assert (member.number, member.call_id, member.name, member.caller) == (12, "call", "Ann", "555")
    assert (member.hears, member.speaks, member.moderator, member.has_floor) == (
        True,
        False,
        True,
        True,
    )


def test_a_room_its_sounds_and_keys_are_told() -> None:
    assert told(event(Action="lock")) == RoomTold(
        RoomNews.LOCKED, "red", "id-1", 2, 1795285303.971948
    )
    recorded = told(event(Action="stop-recording", Path="/a.wav", Milliseconds_Elapsed="1500"))
    assert isinstance(recorded, SoundTold)
    assert (recorded.what, recorded.path) == (SoundNews.RECORDING_ENDED, "/a.wav")
    assert recorded.seconds == 1.5
    key = told(event(Event_Name="DTMF", DTMF_Digit="#", Unique_ID="call"))
    assert key == KeyTold("call", "#", 1795285303.971948)


def test_the_floor_is_of_a_member_or_of_nobody() -> None:
    assert isinstance(told(event(Action="floor-change", Member_ID="1")), MemberTold)
    assert isinstance(told(event(Action="floor-change")), RoomTold)


@pytest.mark.parametrize(
    "headers",
    [
        {"Action": "add-member"},
        {"Action": "add-member", "Member_ID": "-1"},
        {"Action": "add-member", "Member_ID": "\u0663"},
        {"Action": "add-member", "Member_ID": "9" * 40},
        {"Action": "video-floor-change", "Member_ID": "1"},
        {"Action": "lock", "Conference_Name": ""},
        {"Action": "lock", "Conference_Name": "x" * 1000},
        {"Action": "lock", "Event_Subclass": "pressline::call"},
        {"Event_Name": "DTMF", "DTMF_Digit": "", "Unique_ID": "call"},
        {"Event_Name": "DTMF", "DTMF_Digit": "12", "Unique_ID": "call"},
        {"Event_Name": "DTMF", "DTMF_Digit": "x", "Unique_ID": "call"},
        {"Event_Name": "HEARTBEAT"},
    ],
)
def test_what_makes_no_sense_is_passed_over(headers: dict[str, str]) -> None:
    assert told(event(**headers)) is None


@quick
@given(
    st.sampled_from([*RoomNews, *MemberNews, *SoundNews]),
    st.dictionaries(
        st.sampled_from(["Member_ID", "Conference_Size", "Energy_Level", "Event_Date_Timestamp"]),
        st.text(max_size=8) | st.sampled_from(["1e9", "٣", "²", "0x1", "99999999999"]),
    ),
)
def test_odd_numbers_in_events_are_none(action: str, headers: dict[str, str]) -> None:
    found = told(event(Action=str(action), milliseconds="²", **headers))
    assert found is None or found.at >= 0


class Answers:
    """A switch that always answers the same, and keeps what it was asked."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def api(self, command: str) -> str:
        self.asked.append(command)
        if self.answer.startswith("-ERR"):
            raise CommandFailed(command, self.answer)
        return self.answer


@pytest.mark.parametrize("name", ["", "a b", "a\n", "a\napi x", "x" * 65, "list", "JSON_LIST", "ä"])
def test_odd_names_of_rooms_are_refused(name: str) -> None:
    with pytest.raises(UnsafeArgument):
        RoomControl(Answers("+OK"), name)


Act = Callable[[RoomControl], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda room: room.mute(0),
        lambda room: room.kick(-3),
        lambda room: room.relate([1], [0], speak=False, hear=True),
        lambda room: room.energy(1, 1801),
        lambda room: room.volume(1, heard=5),
        lambda room: room.play(Path("/a'b.wav")),
        lambda room: room.record(Path("/a{b}.wav")),
        lambda room: room.note("a b", "1"),
        lambda room: room.note("hands", "1 2"),
        lambda room: room.note("hands", "1\napi"),
    ],
)
def test_what_would_mean_something_else_is_never_sent(act: Act) -> None:
    switch = Answers("+OK")
    with pytest.raises(UnsafeArgument):
        act(RoomControl(switch, "red"))
    assert switch.asked == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("-ERR Conference red not found\n", RoomMissing),
        ("-ERR Non-Existant ID 7\n", MemberMissing),
        ("-ERR something new\n", RoomFailed),
        ("mute <[member_id|all]|last|non_moderator> [<quiet>]", RoomFailed),
        ("", RoomFailed),
    ],
)
def test_refusals_are_errors_by_their_kind(answer: str, error: type[RoomFailed]) -> None:
    with pytest.raises(RoomFailed) as raised:
        RoomControl(Answers(answer), "red").mute(7)
    assert type(raised.value) is error


def test_wrong_usage_is_an_error_though_the_switch_gives_no_sign() -> None:
    with pytest.raises(RoomFailed, match="lock"):
        RoomControl(Answers("lock <x>"), "red").lock()


def test_many_are_counted_and_related_in_parts() -> None:
    assert RoomControl(Answers("+OK mute 1\n+OK mute 2\n"), "red").mute(Everybody.ALL) == 2
    switch = Answers("+OK 1->2 nospeak set\n")
    RoomControl(switch, "red").relate([1], range(2, 252), speak=False, hear=True)
    assert [command.count(",") for command in switch.asked] == [99, 99, 49]
    assert all(command.endswith(" nospeak") for command in switch.asked)


def test_a_path_with_blanks_is_quoted() -> None:
    switch = Answers("+OK (play) Playing\n")
    RoomControl(switch, "red").play(Path("/a b.wav"), 3)
    assert switch.asked == ["conference red play '/a b.wav' 3"]
