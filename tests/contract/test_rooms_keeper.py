"""The callbox's knowledge of rooms, on each switch."""

from collections.abc import Iterator

import pytest

from appliance.switchboard.rooms_keeper import SUBSCRIPTIONS, RoomKeeper
from esl.conference_events import KeyTold, MemberTold, Told
from esl.switch import Switch as Connection
from lines.rooms import Room
from tests.contract.conftest import CallMaker
from tests.contract.rooms import Hall, hall, until
from tests.switches import Switch


@pytest.fixture
def room(switch: Switch, calls: CallMaker) -> Iterator[Hall]:
    yield from hall(switch, calls, "hall-7")


@pytest.fixture
def box(switch: Switch) -> Iterator[Connection]:
    """A connection that feeds the keeper of the day."""
    keepers: list[RoomKeeper] = []
    connection = Connection(
        switch.esl,
        switch.password,
        subscriptions=SUBSCRIPTIONS,
        on_event=lambda event: [keeper.on_event(event) for keeper in keepers] and None,
        on_resync=lambda rows: [keeper.switch_is_back() for keeper in keepers] and None,
    )
    connection.keepers = keepers  # type: ignore[attr-defined]
    connection.start()
    until(lambda: connection.state.status == "connected", lambda: connection.state.reason)
    yield connection
    connection.stop()


def kept(box: Connection) -> RoomKeeper:
    """As a callbox that starts now."""
    keeper = RoomKeeper(box)
    box.keepers.append(keeper)  # type: ignore[attr-defined]
    keeper.start()
    keeper.switch_is_back()
    return keeper


def size(keeper: RoomKeeper) -> int:
    room = keeper.rooms.get("hall-7")
    return len(room.members) if room else 0


def test_what_was_there_before_the_callbox_is_known_and_goes_on(
    box: Connection, room: Hall
) -> None:
    host = room.enter("moderator")
    keeper = kept(box)
    until(lambda: size(keeper) == 1, lambda: str(keeper.rooms))
    guest = room.enter("mute")
    until(lambda: size(keeper) == 2, lambda: str(keeper.rooms))
    found = keeper.member(guest.leg.uuid)
    assert found and (found[0].name, found[1].number, found[1].speaks) == (
        "hall-7",
        guest.number,
        False,
    )
    keeper.control("hall-7").unmute(guest.number)
    until(lambda: keeper.rooms["hall-7"].members[guest.number].speaks, lambda: str(keeper.rooms))
    host.leg.phone.hang_up()
    until(lambda: size(keeper) == 1, lambda: str(keeper.rooms))
    assert keeper.member(host.leg.uuid) is None


def test_who_watches_hears_of_his_own_rooms_and_of_their_keys(box: Connection, room: Hall) -> None:
    keeper = kept(box)
    told: list[tuple[Told, Room]] = []
    others: list[Told] = []
    keeper.watch("hall-", lambda news, room: told.append((news, room)))
    keeper.watch("aside-", lambda news, room: others.append(news))
    guest = room.enter()
    until(
        lambda: any(isinstance(news, MemberTold) for news, _ in told), lambda: f"only {told} told"
    )
    guest.leg.phone.press("5")
    until(lambda: any(isinstance(news, KeyTold) for news, _ in told), lambda: f"only {told} told")
    key = next(news for news, _ in told if isinstance(news, KeyTold))
    assert (key.key, key.call_id) == ("5", guest.leg.uuid)
    assert {room.name for _, room in told} == {"hall-7"}
    assert not others


def test_a_list_that_was_taken_over_is_told(box: Connection, room: Hall) -> None:
    room.enter()
    keeper = RoomKeeper(box)
    seen: list[int] = []
    keeper.on_reconciled(lambda: seen.append(size(keeper)))
    box.keepers.append(keeper)  # type: ignore[attr-defined]
    keeper.start()
    keeper.switch_is_back()
    until(lambda: bool(seen), lambda: "nobody was told")
    assert seen[0] == 1
