"""Callers go into rooms by the port that flows use, and come out of them again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from esl.call import EslCall
from esl.conference import RoomControl, rooms
from esl.conference_events import MemberNews, MemberTold
from ivr_flows.ports import CallEnded, DigitRule, Prompt, Role, RoomOutcome
from tests.contract.callbox import Callbox, Seat, callbox
from tests.contract.conftest import PhoneMaker
from tests.contract.rooms import Watch, until, watching
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.listening import AUDIBLE, loudness
from tests.switches import Switch
from tests.tones import Choir

ROOM = "entered"


@dataclass
class Scene:
    """Callers of our callbox, its connection to the switch, and a room."""

    box: Callbox
    watch: Watch
    choir: Choir = field(default_factory=Choir)

    @property
    def control(self) -> RoomControl:
        return self.watch.control

    def enter(self, name: str, role: Role = Role.SPEAKER, **more: Any) -> Seat:
        """Somebody comes in and hums."""
        seat = self.seat(name, lambda call: call.conference(ROOM, role, **more))
        self.number(seat)
        return seat

    def seat(self, name: str, steps: Callable[[EslCall], Any]) -> Seat:
        seat = self.box.seat(steps)
        self.choir.add(name, seat.phone).hum()
        return seat

    def number(self, seat: Seat, room: str = ROOM) -> int:
        """Once it is in the room."""
        found = self.watch.wait(
            lambda t: (
                isinstance(t, MemberTold)
                and (t.what, t.room, t.member.call_id) == (MemberNews.CAME, room, seat.id)
            )
        )
        assert isinstance(found, MemberTold)
        return found.member.number


@pytest.fixture
def scene(switch: Switch, phones: PhoneMaker) -> Iterator[Scene]:
    with callbox(switch, phones) as box, watching(switch, ROOM) as watch:
        made = Scene(box, watch)
        yield made
        for voice in made.choir.voices.values():
            voice.phone.hang_up()
        until(lambda: not rooms(watch.connection), lambda: "the room is still there")


def outcome(seat: Seat) -> object:
    return seat.result.get(timeout=20)


@pytest.mark.parametrize("hall", [False, True])
def test_a_listener_hears_all_and_is_heard_by_nobody_until_unmuted(
    scene: Scene, hall: bool
) -> None:
    scene.enter("expert", Role.MODERATOR, hall=hall)
    scene.enter("host", hall=hall)
    ann = scene.enter("ann", Role.LISTENER, hall=hall)
    scene.choir.hears({"ann": {"expert", "host"}, "expert": {"host"}, "host": {"expert"}})
    scene.control.unmute(scene.number(ann))
    scene.choir.hears({"expert": {"host", "ann"}, "ann": {"expert", "host"}})
    scene.control.end()
    assert outcome(ann) is RoomOutcome.SHOWN_OUT


def test_who_is_shown_out_goes_on_in_the_flow(scene: Scene, sounds: Sounds) -> None:
    def steps(call: EslCall) -> RoomOutcome:
        found = call.conference(ROOM, Role.LISTENER)
        call.play([Prompt(Path(sounds.path("ok")))])
        return found

    scene.enter("host", Role.MODERATOR)
    ann = scene.seat("ann", steps)
    scene.control.kick(scene.number(ann))
    assert outcome(ann) is RoomOutcome.SHOWN_OUT
    assert ann.phone.line.hears(sounds.samples("ok")) > LIKE


def test_at_the_end_of_a_room_everybody_goes_on(scene: Scene) -> None:
    seats = [scene.enter("host", Role.MODERATOR), scene.enter("ann"), scene.enter("bob")]
    scene.control.end()
    assert [outcome(seat) for seat in seats] == [RoomOutcome.SHOWN_OUT] * 3


def test_who_moves_to_another_room_hears_that_one_and_keeps_the_number(scene: Scene) -> None:
    places = iter([ROOM, f"{ROOM}-2"])

    def steps(call: EslCall) -> list[RoomOutcome]:
        return [call.conference(place, Role.SPEAKER) for place in places]

    scene.enter("host", Role.MODERATOR)
    ann = scene.seat("ann", steps)
    number = scene.number(ann)
    scene.choir.hears({"ann": {"host"}, "host": {"ann"}})
    scene.control.kick(number)
    assert scene.number(ann, f"{ROOM}-2") == number
    scene.choir.hears({"ann": set(), "host": set()})
    RoomControl(scene.watch.connection, f"{ROOM}-2").end()
    assert outcome(ann) == [RoomOutcome.SHOWN_OUT] * 2


def test_a_locked_room_says_so(scene: Scene) -> None:
    scene.enter("host", Role.MODERATOR)
    scene.control.lock()
    late = scene.seat("late", lambda call: call.conference(ROOM, Role.SPEAKER))
    assert outcome(late) is RoomOutcome.LOCKED


def test_who_has_been_inside_before_is_told_too(scene: Scene) -> None:
    """What the switch remembers of the first time must not be taken for the second."""

    def steps(call: EslCall) -> list[RoomOutcome]:
        return [call.conference(ROOM, Role.SPEAKER), call.conference(ROOM, Role.SPEAKER)]

    scene.enter("host", Role.MODERATOR)
    ann = scene.seat("ann", steps)
    number = scene.number(ann)
    scene.control.lock()
    scene.control.kick(number)
    assert outcome(ann) == [RoomOutcome.SHOWN_OUT, RoomOutcome.LOCKED]


def test_a_full_room_says_so(scene: Scene, switch: Switch) -> None:
    def first(call: EslCall) -> RoomOutcome:
        scene.watch.connection.api(f"uuid_setvar {call.id} conference_max_members 2")
        return call.conference(ROOM, Role.MODERATOR)

    scene.number(scene.seat("host", first))
    scene.enter("ann")
    late = scene.seat("late", lambda call: call.conference(ROOM, Role.SPEAKER))
    assert outcome(late) is RoomOutcome.FULL
    assert len(scene.control.look().members) == 2


def test_who_waits_for_the_moderator_hears_music_and_nobody(scene: Scene, sounds: Sounds) -> None:
    rules: dict[str, Any] = {"wait_for_moderator": True, "music": Prompt(Path(sounds.path("long")))}
    ann = scene.enter("ann", **rules)
    bob = scene.enter("bob", Role.LISTENER, **rules)
    lines = [seat.phone.line for seat in (ann, bob)]
    for line in lines:
        until(lambda: loudness(line.heard()[-3200:]) > AUDIBLE, lambda: "no music")  # noqa: B023
    scene.choir.hears({"ann": set(), "bob": set()})
    scene.enter("host", Role.MODERATOR, **rules)
    scene.choir.hears({"host": {"ann"}, "ann": {"host"}, "bob": {"ann", "host"}})


def test_the_music_does_not_begin_anew_for_each_who_comes(scene: Scene, sounds: Sounds) -> None:
    rules: dict[str, Any] = {
        "wait_for_moderator": True,
        "music": Prompt(Path(sounds.path("prompt"))),
    }
    ann = scene.enter("ann", Role.LISTENER, **rules)
    for name in ("bob", "cleo", "dora"):
        scene.enter(name, Role.LISTENER, **rules)
    assert ann.phone.line.hears(sounds.samples("prompt"), limit=20) > LIKE


def test_keys_of_a_room_do_not_answer_the_question_behind_it(scene: Scene) -> None:
    def steps(call: EslCall) -> str:
        call.conference(ROOM, Role.LISTENER)
        return call.collect([], DigitRule(first_timeout=0.5)).keys

    scene.enter("host", Role.MODERATOR)
    ann = scene.seat("ann", steps)
    number = scene.number(ann)
    ann.phone.press("1")
    until(lambda: any(getattr(t, "key", "") == "1" for t in scene.watch.news), lambda: "no key")
    scene.control.kick(number)
    assert outcome(ann) == ""


def test_who_hangs_up_in_a_room_has_ended_the_call(scene: Scene) -> None:
    ann = scene.enter("ann")
    ann.phone.hang_up()
    with pytest.raises(CallEnded):
        outcome(ann)
