"""Rooms outlive the box: what becomes of members whose program has died, and their way back."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from esl.conference import RoomControl, rooms
from esl.conference_events import KeyTold, MemberNews, MemberTold
from ivr_flows.ports import Role, RoomOutcome
from tests.contract.callbox import callbox
from tests.contract.client import Program
from tests.contract.conftest import Leg, PhoneMaker, connected
from tests.contract.dialplan import PROGRAM, PROGRAM_WITH_LAST_RESORT
from tests.contract.phone import Phone
from tests.contract.rooms import Watch, until, watching
from tests.contract.rtp import LIKE
from tests.contract.sounds import Sounds
from tests.contract.test_bridge import address
from tests.switches import Switch
from tests.tones import Choir

ROOM = "survivors"


@dataclass
class Survivors:
    """A room whose members' program is dead."""

    watch: Watch
    choir: Choir
    ids: dict[str, str]
    """Of the calls, by name."""

    def enter(self, name: str, leg: Leg, flags: str) -> None:
        leg.esl.command("myevents")
        leg.esl.run("answer")
        leg.esl.start("conference", f"{ROOM}@pressline-room+flags{{{flags}}}")
        self.choir.add(name, leg.phone).hum()
        self.ids[name] = leg.uuid
        self.number(name)

    def number(self, name: str) -> int:
        return self.watch.member_told(MemberNews.CAME, self.ids[name]).member.number

    def phone(self, name: str) -> Phone:
        return self.choir.voices[name].phone

    def fetch(self, name: str) -> None:
        """Back to the dialplan, so to whatever program answers there now."""
        self.watch.connection.api(f"uuid_transfer {self.ids[name]} {PROGRAM} XML public")


@pytest.fixture
def survivors(switch: Switch, phones: PhoneMaker) -> Iterator[Survivors]:
    with watching(switch, ROOM) as watch:
        made = Survivors(watch, Choir(), {})
        with closing(Program(switch.socket_port)) as box:
            for name, flags in (("host", "moderator"), ("ann", "mute"), ("bob", "mute")):
                phone = phones().call(switch.sip, PROGRAM_WITH_LAST_RESORT)
                made.enter(name, connected(phone, box), flags)
            expert = phones("2000")
            program = f"'&socket(127.0.0.1:{switch.socket_port} async full)'"
            watch.connection.bgapi(f"originate {address(expert)} {program}")
            made.enter("expert", connected(expert, box), "mute")
        yield made
        for voice in made.choir.voices.values():
            voice.phone.hang_up()
        until(lambda: not rooms(watch.connection), lambda: "the room is still there")


def test_members_go_on_hearing_and_speaking_without_their_program(survivors: Survivors) -> None:
    survivors.choir.hears({"host": set(), "ann": {"host"}, "bob": {"host"}})


def test_they_are_still_put_on_air_and_their_keys_are_heard(survivors: Survivors) -> None:
    survivors.watch.control.unmute(survivors.number("ann"))
    survivors.choir.hears({"host": {"ann"}, "ann": {"host"}, "bob": {"host", "ann"}})
    survivors.phone("bob").press("1")
    survivors.watch.wait(
        lambda t: isinstance(t, KeyTold) and (t.call_id, t.key) == (survivors.ids["bob"], "1")
    )


def test_who_is_shown_out_then_goes_on_behind_the_program(
    survivors: Survivors, sounds: Sounds
) -> None:
    """With the dialplan's last resort: a survivor must not be shown out without another place."""
    survivors.watch.control.kick(survivors.number("ann"))
    assert survivors.phone("ann").line.hears(sounds.samples("menu")) > LIKE
    survivors.choir.hears({"bob": {"host"}})


def test_one_whom_the_box_had_called_is_hung_up_when_shown_out(survivors: Survivors) -> None:
    """There is no dialplan behind its program."""
    survivors.watch.control.kick(survivors.number("expert"))
    survivors.phone("expert").wait_end()


def test_the_next_box_fetches_one_and_gives_it_another_place(
    survivors: Survivors, switch: Switch, phones: PhoneMaker
) -> None:
    watch, choir = survivors.watch, survivors.choir
    other = f"{ROOM}-2"
    with callbox(switch, phones) as box:
        seat = box.expect(survivors.phone("ann"), lambda call: call.conference(other, Role.SPEAKER))
        survivors.fetch("ann")
        watch.wait(
            lambda t: isinstance(t, MemberTold) and (t.what, t.room) == (MemberNews.CAME, other)
        )
        assert seat.id == survivors.ids["ann"]
        choir.hears({"ann": set(), "bob": {"host"}})
        RoomControl(watch.connection, other).end()
        assert seat.result.get(timeout=20) is RoomOutcome.SHOWN_OUT


@pytest.mark.parametrize("name", ["ann", "expert"])
def test_the_next_box_lets_one_come_back_into_the_same_room(
    survivors: Survivors, switch: Switch, phones: PhoneMaker, name: str
) -> None:
    """A caller, and one whom the box had called."""
    with callbox(switch, phones) as box:
        seat = box.expect(survivors.phone(name), lambda call: call.conference(ROOM, Role.SPEAKER))
        survivors.fetch(name)
        survivors.choir.hears({"host": {name}, name: {"host"}, "bob": {"host", name}})
        (room,) = rooms(survivors.watch.connection)
        assert len(room.members) == 4
        survivors.watch.control.end()
        assert seat.result.get(timeout=20) is RoomOutcome.SHOWN_OUT
