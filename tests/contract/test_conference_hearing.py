"""Who hears whom in a room: each caller sends a tone of its own."""

from collections.abc import Iterator

import pytest

from esl.conference import Everybody
from tests.contract.conftest import CallMaker
from tests.contract.rooms import Guest, Hall, hall, until
from tests.contract.rtp import SAID
from tests.contract.sounds import Sounds
from tests.listening import AUDIBLE, loudness, tone
from tests.switches import Switch


@pytest.fixture
def room(switch: Switch, calls: CallMaker) -> Iterator[Hall]:
    yield from hall(switch, calls, "hearing")


def talking(room: Hall, *flags: str) -> list[Guest]:
    guests = [room.enter(each) for each in flags]
    for guest in guests:
        guest.talk()
    return guests


def test_a_listener_hears_the_speakers_and_is_heard_by_nobody(room: Hall) -> None:
    expert, host, listener = talking(room, "moderator", "", "mute")
    room.hears(
        {
            expert.number: {host.tone},
            host.number: {expert.tone},
            listener.number: {expert.tone, host.tone},
        }
    )


def test_a_listener_put_on_air_is_heard_and_then_no_more(room: Hall) -> None:
    expert, caller, listener = talking(room, "", "mute", "mute")
    assert room.control.unmute(caller.number) == 1
    room.hears({expert.number: {caller.tone}, listener.number: {expert.tone, caller.tone}})
    assert room.control.mute(caller.number) == 1
    room.hears({expert.number: set(), listener.number: {expert.tone}})


def test_all_but_the_moderators_are_muted_at_once(room: Hall) -> None:
    host, one, other = talking(room, "moderator", "", "")
    assert room.control.mute(Everybody.BUT_MODERATORS) == 2
    room.hears({host.number: set(), one.number: {host.tone}, other.number: {host.tone}})
    assert room.control.unmute(Everybody.ALL) == 3
    room.hears({host.number: {one.tone, other.tone}, one.number: {host.tone, other.tone}})


def test_a_deaf_member_is_heard_and_hears_nobody(room: Hall) -> None:
    one, other = talking(room, "", "deaf")
    room.hears({one.number: {other.tone}, other.number: set()})
    room.control.undeaf(other.number)
    room.hears({other.number: {one.tone}})
    room.control.deaf(Everybody.ALL)
    room.hears({one.number: set(), other.number: set()})


def test_a_word_aside_is_heard_by_nobody_else(room: Hall) -> None:
    expert, listener, screener, caller = talking(room, "", "", "", "")
    two = [screener.number, caller.number]
    rest = [expert.number, listener.number]
    room.control.relate(two, rest, speak=False, hear=True)
    room.hears(
        {
            expert.number: {listener.tone},
            listener.number: {expert.tone},
            screener.number: {expert.tone, listener.tone, caller.tone},
            caller.number: {expert.tone, listener.tone, screener.tone},
        }
    )
    room.control.relate(two, rest, speak=False, hear=False)
    room.hears({screener.number: {caller.tone}, caller.number: {screener.tone}})
    room.control.relate(two, rest, speak=True, hear=True)
    room.hears(
        {
            expert.number: {listener.tone, screener.tone, caller.tone},
            caller.number: {expert.tone, listener.tone, screener.tone},
        }
    )


def test_who_is_quieter_than_the_energy_asked_for_is_not_mixed(room: Hall) -> None:
    one, other = talking(room, "", "")
    room.hears({one.number: {other.tone}, other.number: {one.tone}})
    room.control.energy(Everybody.ALL, 1800)
    room.control.energy(one.number, 100)
    room.control.volume(other.number, heard=-4)
    room.hears({other.number: {one.tone}})


def test_a_file_for_one_member_is_heard_by_that_one_alone(room: Hall, sounds: Sounds) -> None:
    one, other = (room.enter() for _ in range(2))
    room.control.play(sounds.folder / "prompt.wav", one.number)
    assert one.leg.phone.line.hears_said(sounds.samples("prompt")) > SAID
    assert room.sound_told("play-file-member-done").member == one.number
    assert other.hears_now() == set()


def test_nobody_is_heard_before_the_moderator_comes(room: Hall) -> None:
    one, other = talking(room, "wait-mod", "")
    assert room.control.look().waits_for_moderator
    room.hears({one.number: set(), other.number: set()})
    host = room.enter("moderator")
    assert not room.control.look().waits_for_moderator
    room.hears({host.number: {one.tone, other.tone}, one.number: {other.tone}})


def test_who_waits_for_the_moderator_hears_music_in_company_too(room: Hall, sounds: Sounds) -> None:
    music = {"conference_moh_sound": sounds.path("long")}
    one, other = room.enter("wait-mod", music), room.enter()
    heard_before = len(other.leg.phone.line.heard())
    until(
        lambda: loudness(other.leg.phone.line.heard()[heard_before:]) > AUDIBLE,
        lambda: "there is no music",
    )
    host = room.enter("moderator")
    host.talk()
    for guest in (one, other):
        line = guest.leg.phone.line
        at = len(line.heard())
        until(lambda: guest.hears_now() == {host.tone}, lambda: "the host is not heard")  # noqa: B023
        until(lambda: len(line.heard()) > at + 8000, lambda: "nothing more is heard")  # noqa: B023
        rest = line.heard()[-3200:] / loudness(tone(host.tone, 0.4))
        assert loudness(rest) == pytest.approx(1, abs=0.3), "the music goes on"


def test_a_member_is_announced_by_the_sound_that_its_call_names(room: Hall, sounds: Sounds) -> None:
    first = room.enter()
    room.enter(variables={"conference_enter_sound": sounds.path("prompt")})
    assert first.leg.phone.line.hears_said(sounds.samples("prompt")) > SAID


@pytest.mark.parametrize("profile", ["pressline-room", "pressline-hall"])
def test_the_profiles_of_the_handbook_carry_voices_and_leave_keys_alone(
    room: Hall, profile: str
) -> None:
    room.profile = profile
    host, listener = room.enter("moderator"), room.enter("mute")
    host.talk()
    room.hears({host.number: set(), listener.number: {host.tone}})
    listener.leg.phone.press("0")
    assert listener.leg.esl.event("DTMF")["DTMF-Digit"] == "0"
    host.leg.phone.press("0")
    assert host.leg.esl.event("DTMF")["DTMF-Digit"] == "0"
    room.hears({listener.number: {host.tone}})
