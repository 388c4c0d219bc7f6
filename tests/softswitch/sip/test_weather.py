"""Loss, noise, copies and malice on the wire."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

import pytest

from softswitch.sip.ending import Ending
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.message import Request
from softswitch.sip.respond import response_to
from softswitch.sip.timers import Timers
from softswitch.sip.uri import parse_name_addr
from tests.softswitch.sip.doubles import ANSWER, BRISK, OFFER, Desk, desks, soon, wire
from tests.softswitch.sip.lossy import relay
from tests.softswitch.sip.requests import invite, request
from tests.softswitch.sip.torture import MESSAGES


def run(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scene)


def answers(call: IncomingCall) -> None:
    call.ring()
    call.answer(ANSWER)


def test_all_of_200_calls_succeed_where_every_tenth_datagram_is_lost() -> None:
    async def scene() -> None:
        timers = Timers(t1=0.15, t2=1.2, t4=1.5)
        caller, desk = Desk(timers=timers), Desk(take=answers, timers=timers)
        async with desks(caller, desk), relay(desk.address, seed=3261) as network:

            async def one_call() -> None:
                ours = caller.call(desk, destination=network.address)
                await soon(ours.answered)
                theirs = await desk.next_call()
                await soon(theirs.acked)
                theirs.call.hangup()

            await asyncio.gather(*(one_call() for _ in range(200)))
            await caller.agent.drain(20)
            await desk.agent.drain(20)
            assert caller.agent.calls == [] and desk.agent.calls == []
            assert network.lost > 50

    run(scene())


def mutated(source: random.Random, datagram: bytes) -> bytes:
    bent = bytearray(datagram)
    for _ in range(source.randrange(1, 12)):
        at = source.randrange(len(bent))
        change = source.randrange(4)
        if change == 0:
            bent[at] = source.randrange(256)
        elif change == 1:
            del bent[at : at + source.randrange(1, 30)]
        elif change == 2:
            bent[at:at] = source.randbytes(source.randrange(1, 30))
        else:
            bent[at:at] = bent[: source.randrange(1, 200)]
        if not bent:
            break
    return bytes(bent)


def test_thousands_of_mutated_datagrams_harm_no_call_in_progress(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scene() -> None:
        source = random.Random(4475)
        caller, desk = Desk(), Desk(take=answers)
        async with desks(caller, desk), wire() as rack:
            running = [caller.call(desk) for _ in range(5)]
            for ours in running:
                await soon(ours.answered)
            theirs = [await desk.next_call() for _ in running]
            sound = [datagram for datagram, _ in MESSAGES.values()]
            sound += [invite(rack.address, call_id=running[0].call.call_id)]
            sound += [request(method, rack.address) for method in ("BYE", "CANCEL", "ACK", "INFO")]
            for number in range(4000):
                datagram = mutated(source, source.choice(sound))
                rack.say(datagram, desk.address if number % 2 else caller.address)
                if number % 50 == 0:
                    await asyncio.sleep(0)
            after = caller.call(desk)
            await soon(after.answered)
            for ours in running:
                assert not ours.ended.done()
                ours.call.hangup()
            for other in theirs:
                assert (await soon(other.ended)).kind is Ending.BYE

    run(scene())
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []


def test_noise_is_no_call() -> None:
    async def scene() -> None:
        source = random.Random(1)
        async with desks(caller := Desk(), desk := Desk(take=answers)), wire() as rack:
            for _ in range(2000):
                rack.say(source.randbytes(source.randrange(1500)), desk.address)
            ours = caller.call(desk)
            await soon(ours.answered)
            assert desk.taken.qsize() == 1

    run(scene())


GREEDY = [
    b"INVITE" + b" " * 60_000 + b"x",
    b"INVITE" + b" x" * 30_000 + b" SIP/2.0",
    b"BYE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h" + b" " * 60_000 + b"x\r\n\r\n",
    b"BYE sip:a SIP/2.0\r\nVia: " + b"<" * 60_000 + b"\r\n\r\n",
    b"BYE sip:a SIP/2.0\r\nVia: " + b'"\\' * 30_000 + b"\r\n\r\n",
    b"BYE sip:a SIP/2.0\r\nVia: " + b'"\\"' * 20_000 + b"\\\r\n\r\n",
    b"BYE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z\r\nFrom: " + b'"a' * 30_000 + b"\r\n\r\n",
    b"BYE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;" + b"rport" * 12_000 + b"\r\n\r\n",
]
"""Lines that a careless pattern would ponder for minutes (the square or cube of the length)."""


def test_lines_made_to_keep_a_parser_busy_do_not(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with desks(caller := Desk(), desk := Desk(take=answers)), wire() as rack:
            for datagram in GREEDY * 20:
                rack.say(datagram, desk.address)
            ours = caller.call(desk)
            await soon(ours.answered)

    run(scene())
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_copies_of_an_invite_are_one_call_and_get_a_copy_of_the_ringing() -> None:
    async def scene() -> None:
        desk = Desk(take=lambda call: call.ring())
        async with desks(desk), wire() as peer:
            statuses = []
            for _ in range(3):
                peer.say(invite(peer.address), desk.address)
            for _ in range(4):
                statuses.append((await peer.response(final=False)).status)
            assert statuses == [100, 180, 180, 180]
            assert desk.taken.qsize() == 1

    run(scene())


def test_two_calls_with_one_call_id_are_told_apart_by_their_tags() -> None:
    async def scene() -> None:
        async with desks(desk := Desk(take=answers)), wire() as peer:
            tags = {}
            for number, tag in enumerate(("one", "two")):
                peer.say(
                    invite(peer.address, from_tag=tag, branch=f"z9hG4bK{number}"), desk.address
                )
                response = await peer.response()
                tags[tag] = parse_name_addr(response.header("To")).tag
                ack = request("ACK", peer.address, from_tag=tag, to_tag=tags[tag], branch="z9hG4a")
                peer.say(ack, desk.address)
            first, second = await desk.next_call(), await desk.next_call()
            await soon(second.acked)
            bye = request("BYE", peer.address, from_tag="two", to_tag=tags["two"], cseq=2)
            peer.say(bye, desk.address)
            assert (await soon(second.ended)).kind is Ending.BYE
            assert not first.ended.done()

    run(scene())


def test_one_invite_that_came_by_two_ways_is_a_loop() -> None:
    async def scene() -> None:
        async with desks(desk := Desk(take=lambda call: call.ring())), wire() as peer:
            peer.say(invite(peer.address, branch="z9hG4bK-a"), desk.address)
            await desk.next_call()
            peer.say(invite(peer.address, branch="z9hG4bK-b"), desk.address)
            assert (await peer.response()).status == 482
            assert desk.taken.empty()

    run(scene())


@pytest.mark.parametrize("method", ["BYE", "INFO", "INVITE", "CANCEL"])
def test_a_request_for_a_call_that_is_not_there_gets_481(method: str) -> None:
    async def scene() -> None:
        async with desks(desk := Desk()), wire() as peer:
            peer.say(request(method, peer.address, to_tag="gone"), desk.address)
            assert (await peer.response()).status == 481

    run(scene())


@pytest.mark.parametrize(
    ("datagram", "status"),
    [
        (("SUBSCRIBE",), 405),
        (("REGISTER",), 405),
        (("OPTIONS",), 200),
        (("OPTIONS", "Require: 100rel, x"), 420),
        (("INVITE", "Content-Type: application/sdp", "Content-Encoding: gzip"), 415),
    ],
)
def test_what_we_do_not_do_is_refused_by_its_own_code(
    datagram: tuple[str, ...], status: int
) -> None:
    async def scene() -> None:
        async with desks(desk := Desk()), wire() as peer:
            peer.say(request(datagram[0], peer.address, *datagram[1:]), desk.address)
            response = await peer.response()
            assert response.status == status
            if status == 405:
                assert "INVITE" in response.header("Allow")
            if status == 420:
                assert response.header("Unsupported") == "100rel, x"

    run(scene())


def test_an_offer_that_cannot_be_read_is_not_acceptable() -> None:
    async def scene() -> None:
        async with desks(desk := Desk()), wire() as peer:
            kind = "Content-Type: application/sdp"
            peer.say(request("INVITE", peer.address, kind, body=b"<sdp/>"), desk.address)
            assert (await peer.response()).status == 488

    run(scene())


def answered(call: Request, tag: str, contact: str, sdp: bytes = ANSWER) -> bytes:
    response = response_to(call, 200, tag=tag)
    response.headers.add("Contact", contact)
    response.headers.add("Content-Type", "application/sdp")
    response.body = sdp
    return response.to_bytes()


def test_a_late_copy_of_the_answer_gets_the_kept_ack_after_the_bye() -> None:
    async def scene() -> None:
        async with desks(caller := Desk()), wire() as peer:
            ours = caller.call(peer.address)
            call = await peer.request("INVITE")
            ok = answered(call, "phone", f"<sip:100@127.0.0.1:{peer.address[1]}>")
            peer.say(ok, caller.address)
            first = await peer.request("ACK")
            ours.call.hangup()
            bye = await peer.request("BYE")
            peer.say(response_to(bye, 200).to_bytes(), caller.address)
            await caller.agent.drain(10)
            peer.say(ok, caller.address)
            second = await peer.request("ACK")
            assert second.to_bytes() == first.to_bytes()
            assert caller.agent.calls == []

    run(scene())


def test_an_answer_that_cannot_be_read_is_acknowledged_and_hung_up() -> None:
    async def scene() -> None:
        async with desks(caller := Desk()), wire() as peer:
            ours = caller.call(peer.address)
            call = await peer.request("INVITE")
            contact = f"<sip:100@127.0.0.1:{peer.address[1]}>"
            peer.say(answered(call, "phone", contact, b"<sdp/>"), caller.address)
            await peer.request("ACK")
            await peer.request("BYE")
            assert (await soon(ours.failed))[0] == 488
            assert (await soon(ours.ended)).kind is Ending.FAILED

    run(scene())


def test_a_second_phone_that_answers_the_same_call_is_hung_up() -> None:
    async def scene() -> None:
        async with desks(caller := Desk()), wire() as peer:
            ours = caller.call(peer.address)
            call = await peer.request("INVITE")
            contact = f"<sip:100@127.0.0.1:{peer.address[1]}>"
            peer.say(answered(call, "first", contact), caller.address)
            peer.say(answered(call, "second", contact), caller.address)
            bye = await peer.request("BYE")
            assert parse_name_addr(bye.header("To")).tag == "second"
            await soon(ours.answered)
            assert not ours.ended.done()

    run(scene())


def test_a_cancelled_peer_that_never_says_so_is_forgotten() -> None:
    async def scene() -> None:
        async with desks(caller := Desk(timers=BRISK)), wire() as peer:
            ours = caller.call(peer.address)
            call = await peer.request("INVITE")
            peer.say(response_to(call, 180, tag="x").to_bytes(), caller.address)
            await soon(ours.rung)
            ours.call.hangup()
            await peer.request("CANCEL")
            await caller.agent.drain(20)
            assert caller.agent.calls == []

    run(scene())


def test_ten_kilobytes_of_a_name_arrive_whole() -> None:
    async def scene() -> None:
        name = "報社'\"\\; drop {{ x }} ${y} %0A" * 400
        assert len(name.encode()) > 10_000
        async with desks(caller := Desk(), desk := Desk(take=answers)):
            ours = caller.call(desk, from_name=name, offer=OFFER)
            await soon(ours.answered)
            assert (await desk.next_call()).call.remote_name == name

    run(scene())


def test_requests_out_of_order_are_refused_and_a_copy_gets_the_same_answer() -> None:
    async def scene() -> None:
        async with desks(desk := Desk(take=answers)), wire() as peer:
            peer.say(invite(peer.address), desk.address)
            tag = parse_name_addr((await peer.response()).header("To")).tag
            peer.say(request("ACK", peer.address, to_tag=tag, branch="z9hG4bKa"), desk.address)
            await soon((await desk.next_call()).acked)

            async def status(cseq: int, branch: str) -> int:
                info = request("INFO", peer.address, to_tag=tag, cseq=cseq, branch=branch)
                peer.say(info, desk.address)
                return (await peer.response()).status

            assert await status(9, "z9hG4bKb") == 200
            assert await status(9, "z9hG4bKb") == 200
            assert await status(3, "z9hG4bKc") == 500

    run(scene())


def test_a_flood_of_calls_beyond_what_is_remembered_is_turned_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene() -> None:
        async with desks(desk := Desk(take=lambda call: call.refuse(486))), wire() as peer:
            statuses = []
            for number in range(4):
                unlike = {"branch": f"z9hG4bK{number}", "call_id": f"{number}"}
                peer.say(invite(peer.address, **unlike), desk.address)
                statuses.append((await peer.response()).status)
            assert statuses[:2] == [486, 486] and 503 in statuses

    monkeypatch.setattr("softswitch.sip.udp.UdpSocket.most_transactions", 2)
    run(scene())
