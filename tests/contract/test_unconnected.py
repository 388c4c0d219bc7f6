"""Who sits in a room has no connection of his own: what becomes of the call all the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from esl.absence import SUBSCRIPTION, Absences
from esl.call import EslCall
from esl.conference import rooms
from esl.conference_events import MemberNews, MemberTold
from esl.switch import Switch as Connection
from esl.switch import SwitchStatus
from ivr_flows.ports import CallEnded, DigitRule, Prompt, Role, RoomOutcome
from tests.contract.callbox import Callbox, Seat, callbox
from tests.contract.conftest import PhoneMaker
from tests.contract.dialplan import ECHO, PROGRAM
from tests.contract.rooms import Watch, until, watching
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.switches import Switch
from tests.tones import Choir

HALL = "hall-alone"


@contextmanager
def absent(switch: Switch) -> Iterator[Absences]:
    """With a connection that tells of hang-ups."""
    told: list[Absences] = []
    connection = Connection(
        switch.esl,
        switch.password,
        subscriptions=[SUBSCRIPTION],
        on_event=lambda event: told[0].on_event(event),
        on_resync=lambda rows: told[0].switch_is_back(rows),
    )
    told.append(Absences(connection))
    connection.start()
    try:
        until(
            lambda: connection.state.status == SwitchStatus.CONNECTED,
            lambda: connection.state.reason,
        )
        yield told[0]
    finally:
        connection.stop()


@dataclass
class Scene:
    switch: Switch
    box: Callbox
    watch: Watch
    choir: Choir = field(default_factory=Choir)

    def enter(self, name: str, role: Role, then: Callable[[EslCall], Any] | None = None) -> Seat:
        """Into the hall, and out of it into `then`."""

        def steps(call: EslCall) -> Any:
            outcome = call.conference(HALL, role, hall=True)
            return then(call) if then else outcome

        seat = self.box.seat(steps)
        self.choir.add(name, seat.phone).hum()
        self.number(seat)
        return seat

    def sitter(
        self, then: Callable[[EslCall], Any] | None = None, role: Role = Role.LISTENER
    ) -> Seat:
        """Nothing of it is held by us any more."""
        seat = self.enter("ann", role, then)
        until(lambda: not connected(seat), lambda: "the call is still connected")
        return seat

    def stays(self, seat: Seat) -> list[MemberTold]:
        """Each time that it came in."""
        return [
            told
            for told in self.watch.news
            if isinstance(told, MemberTold)
            and (told.what, told.member.call_id) == (MemberNews.CAME, seat.id)
        ]

    def number(self, seat: Seat) -> int:
        until(lambda: bool(self.stays(seat)), lambda: "it did not come in")
        return self.stays(seat)[-1].member.number

    def show_out(self, seat: Seat) -> None:
        self.watch.control.kick(self.number(seat))


@pytest.fixture
def scene(switch: Switch, phones: PhoneMaker) -> Iterator[Scene]:
    with (
        absent(switch) as absences,
        callbox(switch, phones, absences) as box,
        watching(switch, HALL) as watch,
    ):
        made = Scene(switch, box, watch)
        made.enter("host", Role.MODERATOR)
        yield made
        for voice in made.choir.voices.values():
            voice.phone.hang_up()
        until(lambda: not rooms(watch.connection), lambda: "the room is still there")


def connected(seat: Seat) -> bool:
    assert seat.call is not None
    return seat.call._session.connected


def result(seat: Seat) -> Any:
    return seat.result.get(timeout=20)


def test_one_hears_and_is_put_on_air_as_ever(scene: Scene) -> None:
    ann = scene.sitter()
    scene.choir.hears({"ann": {"host"}, "host": set()})
    scene.watch.control.unmute(scene.number(ann))
    scene.choir.hears({"ann": {"host"}, "host": {"ann"}})


@pytest.mark.parametrize("role", Role)
def test_who_is_shown_out_goes_on_as_the_same_call(
    scene: Scene, sounds: Sounds, role: Role
) -> None:
    def then(call: EslCall) -> str:
        keys = call.collect([], DigitRule(max_digits=2, first_timeout=20.0)).keys
        call.play([Prompt(Path(sounds.path("ok")))])
        return keys

    ann = scene.sitter(then, role)
    scene.show_out(ann)
    until(lambda: connected(ann), lambda: "not back")
    ann.phone.press("42")
    assert result(ann) == "42"
    assert ann.phone.line.hears(sounds.samples("ok")) > LIKE
    assert ann.call is not None and (ann.call.part, ann.call.dialed) == (1, PROGRAM)


def test_one_comes_and_goes_many_times(scene: Scene) -> None:
    """More often than a call may be transferred by the switch's own rules."""
    stays = 40

    def then(call: EslCall) -> list[RoomOutcome]:
        return [call.conference(HALL, Role.LISTENER, hall=True) for _ in range(stays)]

    ann = scene.sitter(then)
    for stay in range(1, stays + 2):
        wait_for_stay(scene, ann, stay)
        scene.show_out(ann)
    assert result(ann) == [RoomOutcome.SHOWN_OUT] * stays


def wait_for_stay(scene: Scene, seat: Seat, number: int) -> None:
    until(lambda: len(scene.stays(seat)) == number, lambda: f"not in for the {number}th time")


def test_whoever_hangs_up_is_missed(scene: Scene) -> None:
    ann = scene.sitter()
    ann.phone.hang_up()
    with pytest.raises(CallEnded):
        result(ann)
    assert ann.call is not None and ann.call.hangup_cause == "NORMAL_CLEARING"


def test_the_box_can_hang_up(scene: Scene) -> None:
    ann = scene.sitter()
    assert ann.call is not None
    ann.call.close()
    ann.phone.wait_end()
    with pytest.raises(CallEnded):
        result(ann)


def test_at_the_end_of_the_hall_all_come_back(scene: Scene) -> None:
    seats = [scene.enter(f"listener {number}", Role.LISTENER) for number in range(4)]
    scene.watch.control.end()
    assert [result(seat) for seat in seats] == [RoomOutcome.SHOWN_OUT] * 4


def test_a_locked_hall_says_so(scene: Scene) -> None:
    scene.watch.control.lock()
    late = scene.box.seat(lambda call: call.conference(HALL, Role.LISTENER, hall=True))
    assert result(late) is RoomOutcome.LOCKED


def test_one_who_is_sent_to_another_number_of_ours_is_a_new_call(scene: Scene) -> None:
    ann = scene.sitter()
    again = scene.box.expect(ann.phone, lambda call: (call.id, call.part > 1))
    scene.watch.connection.api(f"uuid_transfer {ann.id} {PROGRAM} XML public")
    assert result(again) == (ann.id, True)
    with pytest.raises(CallEnded):
        result(ann)


def test_one_who_is_sent_elsewhere_is_missed_at_the_end(scene: Scene) -> None:
    ann = scene.sitter()
    scene.watch.connection.api(f"uuid_transfer {ann.id} {ECHO} XML public")
    ann.phone.hang_up()
    with pytest.raises(CallEnded):
        result(ann)
