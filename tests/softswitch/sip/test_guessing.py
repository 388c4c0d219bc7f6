"""Whoever guesses secrets is not listened to after a while; the phones beside them are."""

import asyncio

import pytest

from softswitch.sip.digest import Credentials
from softswitch.sip.errors import RegistrationFailed
from softswitch.sip.guessing import MOST, MOST_ADDRESSES, SPAN, Guesses
from tests.softswitch.sip.doubles import Desk, desks
from tests.softswitch.sip.test_registrar import Book, Clock

WRONG, RIGHT = Credentials("1000", "guess"), Credentials("1000", "right")
OTHER = Credentials("1001", "other")


async def is_taken(phone: Desk, switch: Desk, credentials: Credentials, user: str) -> bool:
    try:
        await phone.agent.register(switch.uri(), credentials, user, 300)
    except RegistrationFailed:
        return False
    return True


def test_who_guesses_on_is_refused_even_the_right_secret_until_a_while_has_passed() -> None:
    async def scene() -> None:
        book = Book()
        switch, phone = Desk(registrar=book.registrar), Desk()
        async with desks(switch, phone):
            for _ in range(MOST):
                assert not await is_taken(phone, switch, WRONG, "1000")
            assert not await is_taken(phone, switch, RIGHT, "1000")
            book.clock.now += SPAN + 1
            assert await is_taken(phone, switch, RIGHT, "1000")

    asyncio.run(scene())


def test_a_phone_that_is_registered_there_stays_so_while_its_neighbour_guesses() -> None:
    async def scene() -> None:
        book = Book()
        switch, phone, guesser = Desk(registrar=book.registrar), Desk(), Desk()
        async with desks(switch, phone, guesser):
            assert await is_taken(phone, switch, OTHER, "1001")
            for _ in range(MOST):
                await is_taken(guesser, switch, WRONG, "1000")
            assert await is_taken(phone, switch, OTHER, "1001")
            assert not await is_taken(guesser, switch, RIGHT, "1000")

    asyncio.run(scene())


def test_a_few_wrong_ones_now_and_then_never_add_up() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    for _ in range(10):
        for _ in range(MOST - 1):
            guesses.add("192.0.2.1")
        assert not guesses.are_too_many("192.0.2.1")
        clock.now += SPAN


@pytest.mark.parametrize(
    ("guesser", "other", "alike"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
def test_networks_are_counted_apart(guesser: str, other: str, alike: bool) -> None:
    guesses = Guesses(Clock())
    for _ in range(MOST):
        guesses.add(guesser)
    assert guesses.are_too_many(other) is alike


def test_a_flood_from_many_addresses_takes_no_more_memory() -> None:
    guesses = Guesses(Clock())
    for number in range(MOST_ADDRESSES + 500):
        guesses.add(f"host-{number}")
    assert len(guesses._counts) == MOST_ADDRESSES
