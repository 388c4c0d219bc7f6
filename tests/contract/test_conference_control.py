"""What the box does with a room, and what it is told of it, on both switches."""

from collections.abc import Iterator

import pytest

from esl.conference import Everybody, RoomControl, rooms
from esl.conference_events import (
    KeyTold,
    MemberTold,
    RoomNews,
    RoomTold,
    SoundNews,
    SoundTold,
)
from esl.errors import MemberMissing, RoomFailed, RoomMissing
from tests.contract.conftest import CallMaker, PhoneMaker
from tests.contract.dialplan import recording
from tests.contract.rooms import Hall, hall, until
from tests.contract.rtp import SAID
from tests.contract.sounds import Sounds
from tests.listening import read_wav, tones_in
from tests.switches import Switch


@pytest.fixture
def room(switch: Switch, calls: CallMaker) -> Iterator[Hall]:
    yield from hall(switch, calls, "control")


def changed(room: Hall, what: str, number: int) -> MemberTold:
    found = room.wait(
        lambda t: isinstance(t, MemberTold) and (t.what, t.member.number) == (what, number)
    )
    assert isinstance(found, MemberTold)
    return found


def test_a_room_is_listed_with_its_members_in_the_order_of_coming(room: Hall) -> None:
    host, listener = room.enter("moderator|endconf"), room.enter("mute")
    (listed,) = rooms(room.connection)
    assert listed == room.control.look()
    assert (listed.name, listed.locked, listed.recordings) == ("control", False, ())
    assert [m.number for m in listed.members] == [host.number, listener.number]
    first, second = listed.members
    assert (first.call_id, first.name, first.caller) == (host.leg.uuid, "Test Phone", "5551234")
    assert (first.moderator, first.speaks, first.hears) == (True, True, True)
    assert (second.moderator, second.speaks, second.hears) == (False, False, True)
    assert second.call_id == listener.leg.uuid


def test_without_a_room_nothing_is_listed_and_nothing_can_be_done(room: Hall) -> None:
    assert rooms(room.connection) == ()
    nobody = RoomControl(room.connection, "nobody")
    for act in (nobody.look, nobody.lock, nobody.end, lambda: nobody.mute(1)):
        with pytest.raises(RoomMissing):
            act()
    room.enter()


def test_what_is_asked_of_nobody_fails(room: Hall, sounds: Sounds, switch: Switch) -> None:
    room.enter()
    control = room.control
    file, missing = sounds.folder / "short.wav", sounds.folder / "nosuch.wav"
    for act in (
        lambda: control.mute(99999),
        lambda: control.kick(99999),
        lambda: control.play(file, 99999),
        lambda: control.stop_playing(99999),
        lambda: control.relate([99999], [99998], speak=False, hear=True),
        lambda: control.energy(99999, 300),
    ):
        with pytest.raises(MemberMissing):
            act()
    with pytest.raises(RoomFailed, match="not found"):
        control.play(missing)
    with pytest.raises(RoomFailed, match="non-existant recording"):
        control.stop_recording(recording(switch.recordings, "never.wav"))


def test_changes_of_a_member_are_told_with_what_it_is_after_them(room: Hall) -> None:
    guest = room.enter()
    assert room.control.mute(guest.number) == 1
    assert not changed(room, "mute-member", guest.number).member.speaks
    assert room.control.unmute(guest.number) == 1
    assert changed(room, "unmute-member", guest.number).member.speaks
    assert room.control.deaf(guest.number) == 1
    assert not changed(room, "deaf-member", guest.number).member.hears
    assert room.control.undeaf(guest.number) == 1
    assert changed(room, "undeaf-member", guest.number).member.hears
    guest.talk()
    talks = changed(room, "start-talking", guest.number)
    assert talks.member.talking
    assert (talks.room, talks.size, talks.member.call_id) == ("control", 1, guest.leg.uuid)
    assert talks.at > 1_600_000_000


def test_a_talker_who_is_muted_talks_no_more(room: Hall) -> None:
    guest = room.enter()
    guest.talk()
    changed(room, "start-talking", guest.number)
    room.control.mute(guest.number)
    assert not changed(room, "mute-member", guest.number).member.talking
    (member,) = room.control.look().members
    assert not member.talking


@pytest.mark.parametrize("flags", ["", "mute", "mute|deaf", "moderator"])
def test_keys_of_a_member_reach_the_box(room: Hall, flags: str) -> None:
    """A listener is mute, and asks for a word by key."""
    guest = room.enter(flags)
    guest.leg.phone.press("1*#")
    until(
        lambda: _keyed(room, guest.leg.uuid) == "1*#",
        lambda: f"keys are missing: {room.news}",
    )
    (member,) = room.control.look().members
    assert (member.speaks, member.hears) == ("mute" not in flags, "deaf" not in flags)


def _keyed(room: Hall, call_id: str) -> str:
    keys = [each for each in room.news if isinstance(each, KeyTold)]
    return "".join(each.key for each in keys if each.call_id == call_id)


def test_keys_of_a_member_reach_its_own_program_too(room: Hall) -> None:
    guest = room.enter("mute")
    guest.leg.phone.press("1")
    assert guest.leg.esl.event("DTMF")["DTMF-Digit"] == "1"


def test_a_locked_room_keeps_callers_out(room: Hall, calls: CallMaker) -> None:
    room.enter()
    room.control.lock()
    assert room.control.look().locked
    late = calls()
    late.esl.run("conference", "control@default")
    assert len(room.control.look().members) == 1
    room.control.unlock()
    assert not room.control.look().locked
    room.enter()
    whats = [t.what for t in room.news if isinstance(t, RoomTold)]
    assert whats == [RoomNews.BEGAN, RoomNews.LOCKED, RoomNews.UNLOCKED]


@pytest.mark.parametrize("checked", [False, True])
def test_a_locked_room_lets_in_whom_the_box_has_called_unless_told_otherwise(
    room: Hall, phones: PhoneMaker, checked: bool
) -> None:
    room.enter()
    room.control.lock()
    called = phones()
    variables = "{conference_enforce_security=true}" if checked else ""
    where = f"sofia/internal/sip:{called.number}@127.0.0.1:{called.port}"
    room.connection.bgapi(f"originate {variables}{where} &conference(control@default)")
    called.wait_answer()
    if checked:
        called.wait_end()
    until(lambda: len(room.control.look().members) == 2 - checked, lambda: "in or out?")
    called.hang_up()


def test_questions_are_recorded_each_into_its_own_file(room: Hall, switch: Switch) -> None:
    expert, caller = room.enter(), room.enter("mute")
    whole, question = (recording(switch.recordings, f"{n}.wav") for n in ("hour", "question"))
    room.control.record(whole)
    expert.talk()
    assert room.sound_told("start-recording").path == str(whole)
    with pytest.raises(RoomFailed, match="already"):
        room.control.record(whole)
    room.control.unmute(caller.number)
    caller.talk()
    room.control.record(question)
    until(
        lambda: room.control.look().recordings == tuple(sorted(map(str, (whole, question)))),
        lambda: f"recordings: {room.control.look().recordings}",
    )
    room.hears({expert.number: {caller.tone}, caller.number: {expert.tone}})
    room.control.stop_recording(question)
    ended = room.sound_told("stop-recording")
    assert ended.path == str(question)
    assert ended.seconds > 0
    until(lambda: room.control.look().recordings == (str(whole),), lambda: "still recorded")
    assert tones_in(read_wav(question)[-3200:], [expert.tone, caller.tone]) == {
        expert.tone,
        caller.tone,
    }


def test_files_are_played_one_after_the_other_and_stopped_together(
    room: Hall, sounds: Sounds
) -> None:
    guest = room.enter()
    room.control.play(sounds.folder / "short.wav")
    room.control.play(sounds.folder / "prompt.wav")
    assert guest.leg.phone.line.hears_said(sounds.samples("short")) > SAID
    assert guest.leg.phone.line.hears_said(sounds.samples("prompt")) > SAID
    until(
        lambda: [t.path for t in _ended(room)] == [sounds.path("short"), sounds.path("prompt")],
        lambda: f"not played to the end: {room.news}",
    )
    room.control.play(sounds.folder / "long.wav")
    room.control.play(sounds.folder / "long.wav")
    assert room.control.stop_playing() == 2
    until(lambda: room.control.stop_playing() == 0, lambda: "something plays on")


def _ended(room: Hall, news: SoundNews = SoundNews.FILE_ENDED) -> list[SoundTold]:
    told = [each for each in room.news if isinstance(each, SoundTold)]
    return [each for each in told if each.what is news]


def test_files_for_one_member_are_heard_one_after_the_other(room: Hall, sounds: Sounds) -> None:
    guest = room.enter()
    room.control.play(sounds.folder / "short.wav", guest.number)
    room.control.play(sounds.folder / "prompt.wav", guest.number)
    assert guest.leg.phone.line.hears_said(sounds.samples("short")) > SAID
    assert guest.leg.phone.line.hears_said(sounds.samples("prompt")) > SAID
    alone = SoundNews.FILE_ENDED_FOR_ONE
    until(lambda: len(_ended(room, alone)) == 2, lambda: f"not played to the end: {room.news}")
    room.control.play(sounds.folder / "long.wav", guest.number)
    room.control.play(sounds.folder / "long.wav", guest.number)
    assert room.control.stop_playing(guest.number) == 2


def test_what_one_member_hears_is_stopped(room: Hall, sounds: Sounds) -> None:
    guest = room.enter()
    room.control.play(sounds.folder / "long.wav", guest.number)
    assert room.control.stop_playing(guest.number) == 1
    room.sound_told("play-file-member-done")


def test_a_note_stays_with_the_room(room: Hall) -> None:
    room.enter()
    room.control.note("hands", "3,5")
    room.control.note("hands", "5")
    assert dict(room.control.look().notes) == {"hands": "5"}
    room.control.note("hands", "")
    assert dict(room.control.look().notes) == {}


def test_everybody_is_shown_out_and_goes_on(room: Hall) -> None:
    guests = [room.enter("moderator"), room.enter(), room.enter("mute")]
    assert room.control.kick(Everybody.BUT_MODERATORS) == 2
    for guest in guests[1:]:
        assert guest.leg.esl.finished("join")["Answer-State"] == "answered"
    assert room.control.end() == 1
    assert guests[0].leg.esl.finished("join")["Answer-State"] == "answered"


@pytest.mark.parametrize("stays", [False, True])
def test_a_room_ends_with_the_member_that_it_hangs_on(room: Hall, stays: bool) -> None:
    host = room.enter("endconf")
    guest = room.enter(variables={"hangup_after_conference": "false"} if stays else None)
    host.leg.phone.hang_up()
    state = guest.leg.esl.finished("join")["Answer-State"]
    assert state == ("answered" if stays else "hangup")


def test_who_is_alone_hears_music_until_another_comes(room: Hall, sounds: Sounds) -> None:
    music = {"conference_moh_sound": sounds.path("prompt")}
    guest = room.enter(variables=music)
    assert guest.leg.phone.line.hears_said(sounds.samples("prompt")) > SAID
    other = room.enter()
    other.talk()
    room.hears({guest.number: {other.tone}})
