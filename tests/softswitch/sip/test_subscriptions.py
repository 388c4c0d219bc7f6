"""Phones that watch a mailbox, and those that misbehave while they do."""

import asyncio
import itertools
from collections.abc import Coroutine
from typing import Any

import pytest

from softswitch.sip.digest import Credentials, answer_challenge
from softswitch.sip.message import Request, Response
from softswitch.sip.registrar import Registrar
from softswitch.sip.respond import response_to
from softswitch.sip.subscriptions import MAX_OF_USER, Subscriptions
from softswitch.sip.uri import parse_name_addr
from tests.softswitch.sip.doubles import BRISK, Desk, Wire, desks, soon, wire
from tests.softswitch.sip.requests import request

SECRETS = {"1000": "right", "1001": "other"}
OWN = ("Event: message-summary", "Expires: 300")
NUMBERS = itertools.count(1)


def run(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scene)


def switch() -> Desk:
    return Desk(registrar=Registrar(SECRETS), timers=BRISK)


def held(desk: Desk) -> Subscriptions:
    assert desk.agent.subscriptions is not None
    return desk.agent.subscriptions


async def said(peer: Wire, desk: Desk, *extra: str, **options: Any) -> Response:
    """One SUBSCRIBE to the phone's own box and its answer."""
    number = next(NUMBERS)
    given: dict[str, Any] = {"branch": f"z9hG4bK-s{number}", "cseq": number} | options
    datagram = request("SUBSCRIBE", peer.address, *extra, **given)
    peer.say(datagram.replace(b"To: <sip:100@", b"To: <sip:1000@"), desk.address)
    return await peer.response()


async def subscribed(peer: Wire, desk: Desk, *extra: str, **options: Any) -> Response:
    """The same with the secret."""
    lines = extra or OWN
    asked = await said(peer, desk, *lines, **options)
    assert asked.status == 407
    own = Credentials("1000", "right")
    challenges = asked.headers.all("Proxy-Authenticate")
    value = answer_challenge(challenges, own, "SUBSCRIBE", "sip:100@127.0.0.1")
    return await said(peer, desk, *lines, f"Proxy-Authorization: {value}", **options)


async def notified(peer: Wire, desk: Desk, status: int = 200) -> Request:
    """The next NOTIFY, answered with `status`."""
    notify = await peer.request("NOTIFY")
    peer.say(response_to(notify, status).to_bytes(), desk.address)
    return notify


async def until_none_is_held(desk: Desk) -> None:
    while len(held(desk)):
        await asyncio.sleep(0.01)


def test_a_subscription_is_told_in_its_dialog() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            accepted = await subscribed(peer, desk)
            assert (accepted.status, accepted.header("Expires")) == (202, "300")
            held(desk).tell("1000", b"Messages-Waiting: yes\r\n\r\n")
            notify = await notified(peer, desk)
            assert notify.call_id == accepted.call_id
            assert notify.header("From") == accepted.header("To")
            assert notify.header("Event") == "message-summary"
            assert notify.header("Subscription-State").startswith("active;expires=")
            assert notify.body == b"Messages-Waiting: yes\r\n\r\n"

    run(scene())


def test_news_of_another_box_are_not_told() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            await subscribed(peer, desk)
            held(desk).tell("1001", b"another's")
            held(desk).tell("1000", b"one's own")
            assert (await notified(peer, desk)).body == b"one's own"

    run(scene())


def test_a_phone_that_does_not_know_the_subscription_ends_it() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            await subscribed(peer, desk)
            held(desk).tell("1000", b"news")
            await notified(peer, desk, 481)
            await soon(until_none_is_held(desk))

    run(scene())


def test_a_phone_that_never_answers_is_given_up() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            await subscribed(peer, desk)
            held(desk).tell("1000", b"news")
            await soon(until_none_is_held(desk))

    run(scene())


def test_only_the_newest_news_wait_behind_a_notify_that_is_under_way() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            await subscribed(peer, desk)
            for number in range(1000):
                held(desk).tell("1000", b"%d" % number)
            assert (await notified(peer, desk)).body == b"0"
            latest = await notified(peer, desk)
            while latest.body == b"0":  # the first may have been sent again meanwhile
                latest = await notified(peer, desk)
            assert latest.body == b"999"

    run(scene())


def test_a_phone_that_always_starts_anew_costs_its_own_oldest_subscription() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            for number in range(MAX_OF_USER + 1):
                await subscribed(peer, desk, call_id=f"{number}@test")
            ended = await notified(peer, desk)
            assert ended.call_id == "0@test"
            assert ended.header("Subscription-State") == "terminated;reason=timeout"
            assert len(held(desk)) == MAX_OF_USER

    run(scene())


def test_a_subscription_is_renewed_and_ended_in_its_dialog() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            tag = parse_name_addr((await subscribed(peer, desk)).header("To")).tag
            again = await subscribed(peer, desk, OWN[0], "Expires: 100", to_tag=tag)
            assert (again.status, again.header("Expires")) == (202, "100")
            assert len(held(desk)) == 1
            assert (await subscribed(peer, desk, OWN[0], "Expires: 0", to_tag=tag)).status == 202
            ended = await notified(peer, desk)
            assert ended.header("Subscription-State").startswith("terminated")
            assert len(held(desk)) == 0

    run(scene())


def test_a_subscription_that_is_not_renewed_runs_out() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            await subscribed(peer, desk, OWN[0], "Expires: 1")
            ended = await notified(peer, desk)
            assert ended.header("Subscription-State").startswith("terminated")
            assert len(held(desk)) == 0

    run(scene())


def test_news_are_written_to_whoever_has_subscribed_with_an_id() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            await subscribed(peer, desk, "Event: message-summary;id=7")
            held(desk).tell("1000", b"news")
            assert (await notified(peer, desk)).header("Event") == "message-summary;id=7"

    run(scene())


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        (("Event: presence",), 489),
        ((), 489),
        (("Event: ;;;",), 489),
        (("Event: message-summary",), 407),
        (("Event: message-summary", 'Proxy-Authorization: Digest realm="127.0.0.1"'), 403),
    ],
)
def test_what_is_no_subscription_of_ours_is_refused(extra: tuple[str, ...], status: int) -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            assert (await said(peer, desk, *extra)).status == status
            assert len(held(desk)) == 0

    run(scene())


def test_a_renewal_of_what_is_not_held_gets_481() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            assert (await subscribed(peer, desk, to_tag="gone")).status == 481

    run(scene())


def test_a_renewal_that_is_counted_back_is_refused() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            tag = parse_name_addr((await subscribed(peer, desk, cseq=50)).header("To")).tag
            assert (await subscribed(peer, desk, to_tag=tag, cseq=50)).status == 500

    run(scene())


def test_a_flood_without_the_secret_leaves_nothing_behind() -> None:
    async def scene() -> None:
        async with desks(desk := switch()), wire() as peer:
            for number in range(200):
                await said(peer, desk, *OWN, call_id=f"{number}@flood")
            assert len(held(desk)) == 0

    run(scene())
