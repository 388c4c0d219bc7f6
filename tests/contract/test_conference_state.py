"""The model of rooms beside the switches: from events it is what the switch lists."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from esl.conference import rooms as listed_rooms
from esl.conference_list import Listed
from lines.rooms.room import HANDS
from lines.rooms.state import Rooms
from tests.contract.conftest import CallMaker
from tests.contract.dialplan import recording
from tests.contract.rooms import Hall, hall, until
from tests.switches import Switch


@pytest.fixture
def room(switch: Switch, calls: CallMaker) -> Iterator[Hall]:
    yield from hall(switch, calls, "state")


def known(hall: Hall) -> dict[str, Listed]:
    """From all events so far."""
    rooms = Rooms()
    rooms.reconcile(())
    for news in hall.news:
        rooms.take(news)
    return {
        each.name: Listed(
            each.name,
            each.room_id,
            tuple(each.members.values()),
            each.locked,
            recordings=tuple(sorted(each.recordings)),
        )
        for each in rooms.rooms.values()
    }


def listed(hall: Hall) -> dict[str, Listed]:
    return {each.name: replace(each, age=0) for each in listed_rooms(hall.connection)}


def agree(hall: Hall) -> None:
    until(
        lambda: known(hall) == listed(hall),
        lambda: f"known {known(hall)}, listed {listed(hall)}",
    )


def test_what_events_tell_is_what_the_switch_lists(room: Hall, switch: Switch) -> None:
    host, guest, listener = room.enter("moderator"), room.enter(), room.enter("mute")
    agree(room)
    for one in (host, listener):
        one.talk()
    room.hears({guest.number: {host.tone}})
    agree(room)
    control = room.control
    control.mute(host.number)
    control.unmute(listener.number)
    control.deaf(guest.number)
    control.lock()
    control.energy(guest.number, 300)
    room.hears({host.number: {listener.tone}})
    agree(room)
    file = recording(switch.recordings, "state.wav")
    control.record(file)
    room.sound_told("start-recording")
    agree(room)
    control.stop_recording(file)
    control.unlock()
    control.kick(guest.number)
    room.sound_told("stop-recording")
    agree(room)


def test_after_a_restart_of_the_box_the_rooms_are_as_they_were(room: Hall) -> None:
    first, second = room.enter(), room.enter("mute")
    room.control.note(HANDS, f"{second.number},{first.number}")
    rooms = Rooms()
    rooms.reconcile(listed_rooms(room.connection))
    found = rooms.rooms["state"]
    assert list(found.members) == [first.number, second.number]
    assert found.hands == [second.number, first.number]
    assert not found.members[second.number].speaks
