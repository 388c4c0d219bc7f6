"""The torture messages of RFC 4475, one by one and all together during a call."""

import asyncio

import pytest

from softswitch.sip.errors import BadMessage
from softswitch.sip.message import Request, Response
from softswitch.sip.parse import parse
from softswitch.sip.registrar import Registrar
from softswitch.sip.uri import parse_name_addr
from softswitch.sip.validate import check_request, is_sound_response
from tests.softswitch.sip.doubles import ANSWER, Desk, desks, soon, wire
from tests.softswitch.sip.torture import DROP, MESSAGES, RESPONSES


@pytest.mark.parametrize("name", MESSAGES)
def test_a_torture_message_gets_the_answer_it_deserves(name: str) -> None:
    datagram, expected = MESSAGES[name]
    if expected == DROP:
        with pytest.raises(BadMessage):
            parse(datagram)
        return
    message = parse(datagram)
    assert isinstance(message, Request)
    refusal = check_request(message)
    assert (refusal.status if refusal else None) == expected


@pytest.mark.parametrize("name", RESPONSES)
def test_a_torture_response_is_read_or_dropped(name: str) -> None:
    start, sound = RESPONSES[name]
    number = b"9292394834772304023312" if name == "scalarlg" else b"35"
    message = parse(
        start + b"\r\nTo: <sip:a@b>;tag=1\r\nFrom: <sip:c@d>;tag=2\r\nCall-ID: x\r\n"
        b"CSeq: " + number + b" INVITE\r\nVia: SIP/2.0/UDP 255.255.255.255;branch=z\r\n\r\n"
    )
    assert isinstance(message, Response)
    assert is_sound_response(message) is sound


def test_wild_white_space_hides_nothing() -> None:
    message = parse(MESSAGES["wsinv"][0])
    to, sender = parse_name_addr(message.header("To")), parse_name_addr(message.header("From"))
    assert (to.tag, sender.name, sender.tag) == ("1918181833n", 'J Rosen \\"', "98asjd8")
    assert message.cseq == (9, "INVITE")
    assert len(message.headers.members("Via")) == 3
    contact = parse_name_addr(message.headers.members("Contact")[0])
    assert contact.params == {"newparam": "newvalue", "secondparam": "", "q": "0.33"}
    assert len(message.body) == 150


def test_escapes_stay_escaped_where_they_are_data() -> None:
    message = parse(MESSAGES["esc02"][0])
    assert parse_name_addr(message.header("To")).name == "%Z%45"


def test_torture_disturbs_no_call_and_the_next_is_answered() -> None:
    async def scene() -> None:
        desk = Desk(take=lambda call: call.answer(ANSWER), registrar=Registrar({"1": "2"}))
        async with desks(desk, caller := Desk()), wire() as rack:
            running = caller.call(desk)
            await soon(running.answered)
            theirs = await desk.next_call()
            for datagram, _ in MESSAGES.values():
                rack.say(datagram, desk.address)
                rack.say(datagram, caller.address)
            after = caller.call(desk)
            await soon(after.answered)
            running.call.send_info("text/plain", b"still here")
            assert (await soon(theirs.info))[1] == b"still here"
            assert not running.ended.done()

    asyncio.run(scene())
