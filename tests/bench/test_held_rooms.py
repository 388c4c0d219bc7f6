"""Rooms of the benches: listeners hear their own room's signal, with a box and without."""

import asyncio
from collections.abc import Iterator

import pytest

from bench.audience import Audience
from bench.controllers import rooms_box
from bench.exchange import Exchange, exchange
from bench.seats import HOST, LISTENER, TABLE, native
from tests.switches import SoftSwitch


@pytest.fixture(scope="module")
def embedded() -> Iterator[Exchange]:
    with exchange(SoftSwitch) as started, rooms_box(started):
        yield started


def heard(at: Exchange, places: list[tuple[str, str, bool]]) -> list[bool]:
    """Whether each listener has heard its signal, more of it than was lost."""

    async def listen() -> list[bool]:
        audience = Audience(at.sip)
        try:
            await audience.seat(places)
            counted = await audience.listen(1.0)
            assert not audience.failures
            assert audience.lost == 0
            return [one.heard > 10 and one.heard > one.lost for one in counted]
        finally:
            await audience.leave()

    return asyncio.run(listen())


@pytest.mark.parametrize("by_box", [True, False])
def test_listeners_of_a_hall_hear_the_host(embedded: Exchange, by_box: bool) -> None:
    host, listener = (HOST, LISTENER) if by_box else (native(HOST), native(LISTENER))
    assert heard(embedded, [(host, "1", True), (listener, "1", False)]) == [True]


def test_who_sits_in_another_room_hears_the_signal_of_that_one(embedded: Exchange) -> None:
    places = [(TABLE, room, speaks) for room in ("1", "2") for speaks in (True, False)]
    assert heard(embedded, places) == [True, True]


def test_a_listener_of_a_room_where_nobody_speaks_hears_nothing(embedded: Exchange) -> None:
    assert heard(embedded, [(TABLE, "1", True), (TABLE, "2", False)]) == [False]
