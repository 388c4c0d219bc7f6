"""A call from its INVITE to its BYE, between two of our user agents on real sockets."""

import asyncio
import socket
from collections.abc import Coroutine
from typing import Any

import pytest

from softswitch.sip.agent import UserAgent
from softswitch.sip.ending import Ending
from softswitch.sip.errors import NotAcceptable, PortInUse
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.offer import AudioSession
from softswitch.sip.respond import response_to
from softswitch.sip.sdp import SessionDescription
from softswitch.sip.uri import parse_name_addr
from tests.softswitch.sip.doubles import ANSWER, BRISK, OFFER, Desk, Ears, desks, soon, wire
from tests.softswitch.sip.requests import invite, request


def run(test: Coroutine[Any, Any, None]) -> None:
    asyncio.run(test)


def answers(call: IncomingCall) -> None:
    call.answer(ANSWER)


async def talking(caller: Desk, desk: Desk) -> tuple[Ears, Ears]:
    ours = caller.call(desk)
    theirs = await desk.next_call()
    await soon(ours.answered)
    await soon(theirs.acked)
    return ours, theirs


def test_a_call_rings_is_answered_and_hung_up_by_the_caller() -> None:
    async def scene() -> None:
        caller, desk = Desk(), Desk()
        async with desks(caller, desk):
            ours = caller.call(desk)
            theirs = await desk.next_call()
            assert isinstance(theirs.call, IncomingCall)
            theirs.call.ring()
            assert await soon(ours.rung) == (180, None)
            theirs.call.answer(ANSWER)
            sdp = await soon(ours.answered)
            await soon(theirs.acked)
            assert sdp is not None and sdp.audio is not None and sdp.audio.port == 40002
            assert theirs.call.remote_sdp is not None
            assert theirs.call.remote_name == "Ann"
            ours.call.hangup(reason='Q.850;cause=16;text="NORMAL_CLEARING"')
            end = await soon(theirs.ended)
            assert end.kind is Ending.BYE
            assert end.reason_header == 'Q.850;cause=16;text="NORMAL_CLEARING"'

    run(scene())


def test_the_desk_hangs_up_and_the_caller_is_told() -> None:
    async def scene() -> None:
        caller, desk = Desk(), Desk(take=answers)
        async with desks(caller, desk):
            ours, theirs = await talking(caller, desk)
            theirs.call.hangup()
            theirs.call.hangup()
            assert (await soon(ours.ended)).kind is Ending.BYE
            assert not theirs.ended.done()

    run(scene())


def test_a_hangup_before_the_ack_waits_for_it() -> None:
    def answers_and_leaves(call: IncomingCall) -> None:
        call.answer(ANSWER)
        call.hangup()

    async def scene() -> None:
        caller, desk = Desk(), Desk(take=answers_and_leaves)
        async with desks(caller, desk):
            ours = caller.call(desk)
            await soon(ours.answered)
            assert (await soon(ours.ended)).kind is Ending.BYE

    run(scene())


def test_a_caller_who_gives_up_while_it_rings_cancels() -> None:
    async def scene() -> None:
        caller, desk = Desk(), Desk(take=lambda call: call.ring())
        async with desks(caller, desk):
            ours = caller.call(desk)
            theirs = await desk.next_call()
            await soon(ours.rung)
            ours.call.hangup(reason="SIP;cause=487")
            end = await soon(theirs.ended)
            assert (end.kind, end.reason_header) == (Ending.CANCEL, "SIP;cause=487")
            theirs.call.hangup()
            assert not ours.ended.done() and not ours.failed.done()

    run(scene())


def test_a_hangup_that_crosses_the_answer_ends_the_call_with_bye() -> None:
    async def scene() -> None:
        async with desks(caller := Desk()), wire() as peer:
            ours = caller.call(peer.address)
            call = await peer.request("INVITE")
            ours.call.hangup()
            peer.say(response_to(call, 200, tag="late").to_bytes(), caller.address)
            await peer.request("ACK")
            await peer.request("BYE")
            assert not ours.answered.done() and not ours.ended.done()

    run(scene())


def test_a_call_hung_up_before_it_was_sent_is_never_sent() -> None:
    async def scene() -> None:
        async with desks(caller := Desk(), desk := Desk(take=answers)):
            ours = caller.call(desk)
            ours.call.hangup()
            assert caller.agent.calls == []
            after = caller.call(desk)
            await soon(after.answered)
            assert desk.taken.qsize() == 1

    run(scene())


def test_an_unknown_host_fails_the_call() -> None:
    async def scene() -> None:
        async with desks(caller := Desk()):
            ours = caller.call(("a" * 70 + ".invalid", 5060))
            assert (await soon(ours.failed))[0] == 503
            assert caller.agent.calls == []

    run(scene())


@pytest.mark.parametrize("status", [302, 404, 480, 486, 488, 500, 603])
def test_a_refusal_reaches_the_caller_with_its_status(status: int) -> None:
    async def scene() -> None:
        reason = 'Q.850;cause=17;text="USER_BUSY"'
        caller, desk = Desk(), Desk(take=lambda call: call.refuse(status, reason))
        async with desks(caller, desk):
            ours = caller.call(desk)
            assert (await soon(ours.failed))[0] == status
            end = await soon(ours.ended)
            assert (end.kind, end.status, end.reason_header) == (Ending.FAILED, status, reason)
            assert caller.agent.calls == [] and desk.agent.calls == []

    run(scene())


def test_a_port_where_nobody_listens_fails_the_call_at_once() -> None:
    async def scene() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind(("127.0.0.1", 0))
            nobody = taken.getsockname()
        caller = Desk(timers=BRISK)
        async with desks(caller):
            ours = caller.call(nobody)
            status, _ = await soon(ours.failed)
            assert status in (503, 408)  # 408 where the system does not report closed ports

    run(scene())


def test_a_peer_that_says_nothing_times_out() -> None:
    async def scene() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
            deaf.bind(("127.0.0.1", 0))
            caller = Desk(timers=BRISK)
            async with desks(caller):
                ours = caller.call(deaf.getsockname())
                assert (await soon(ours.failed))[0] == 408

    run(scene())


def test_hold_gives_the_other_side_a_new_offer_and_us_its_answer() -> None:
    async def scene() -> None:
        caller, desk = Desk(), Desk(take=answers)
        async with desks(caller, desk):
            ours, theirs = await talking(caller, desk)
            session = AudioSession("127.0.0.1", 40002)
            offers: list[SessionDescription] = []

            def on_reoffer(offer: SessionDescription) -> bytes:
                offers.append(offer)
                return session.answer(offer)[0]

            theirs.call.on_reoffer = on_reoffer
            ours.call.reinvite(AudioSession("127.0.0.1", 40000).offer("sendonly"))
            answer = await soon(ours.reanswered)
            assert offers[0].audio is not None and offers[0].audio.direction == "sendonly"
            assert answer.audio is not None and answer.audio.direction == "recvonly"

    run(scene())


def test_an_offer_that_is_not_acceptable_leaves_the_call_as_it_was() -> None:
    async def scene() -> None:
        caller, desk = Desk(), Desk(take=answers)
        async with desks(caller, desk):
            ours, theirs = await talking(caller, desk)

            def on_reoffer(offer: SessionDescription) -> bytes:
                raise NotAcceptable("no video here")

            theirs.call.on_reoffer = on_reoffer
            ours.call.reinvite(OFFER)
            ours.call.send_info("text/plain", b"still here")
            assert await soon(theirs.info) == ("text/plain", b"still here")

    run(scene())


def test_both_sides_offering_at_once_both_get_their_way_in_the_end() -> None:
    async def scene() -> None:
        caller, desk = Desk(), Desk(take=answers)
        async with desks(caller, desk):
            ours, theirs = await talking(caller, desk)
            ours.call.reinvite(OFFER)
            theirs.call.reinvite(ANSWER)
            await soon(ours.reanswered)
            await soon(theirs.reanswered)

    run(scene())


def test_a_key_sent_as_sip_info_arrives() -> None:
    async def scene() -> None:
        caller, desk = Desk(), Desk(take=answers)
        async with desks(caller, desk):
            ours, theirs = await talking(caller, desk)
            ours.call.send_info("application/dtmf-relay", b"Signal=5\r\nDuration=160\r\n")
            kind, body = await soon(theirs.info)
            assert kind == "application/dtmf-relay" and body.startswith(b"Signal=5")

    run(scene())


def test_a_call_without_an_offer_gets_ours_and_answers_in_its_ack() -> None:
    async def scene() -> None:
        desk = Desk(take=answers)
        async with desks(desk), wire() as peer:
            peer.say(request("INVITE", peer.address), desk.address)
            response = await peer.response()
            tag = parse_name_addr(response.header("To")).tag
            assert response.body == ANSWER
            kind = "Content-Type: application/sdp"
            ack = request("ACK", peer.address, kind, to_tag=tag, body=OFFER, branch="z9hG4bK-2")
            theirs = await desk.next_call()
            assert theirs.call.remote_sdp is None
            peer.say(ack, desk.address)
            await soon(theirs.acked)
            assert theirs.call.remote_sdp is not None

    run(scene())


def test_an_answer_that_nobody_acknowledges_ends_by_timeout() -> None:
    async def scene() -> None:
        desk = Desk(take=answers, timers=BRISK)
        async with desks(desk), wire() as peer:
            peer.say(invite(peer.address), desk.address)
            theirs = await desk.next_call()
            assert (await soon(theirs.ended)).kind is Ending.TIMEOUT

    run(scene())


def test_a_taken_port_is_named_in_the_error() -> None:
    async def scene() -> None:
        desk = Desk()
        async with desks(desk):
            second = UserAgent(on_invite=lambda call: None)
            with pytest.raises(PortInUse, match=rf"127\.0\.0\.1:{desk.address[1]}"):
                await second.start("127.0.0.1", desk.address[1])

    run(scene())


def test_an_owner_who_fails_costs_its_own_call_only() -> None:
    def breaks(call: IncomingCall) -> None:
        raise RuntimeError("owner is broken")

    async def scene() -> None:
        caller, desk = Desk(), Desk(take=breaks)
        async with desks(caller, desk):
            first = caller.call(desk)
            second = caller.call(desk)
            assert (await soon(first.failed))[0] == 500
            assert (await soon(second.failed))[0] == 500

    run(scene())
