"""Whoever is not the panel's page, or sends what no browser would."""

import asyncio
import random
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from softswitch.sip.errors import RegistrationFailed
from softswitch.webrtc.passes import Pass
from tests.softswitch.webrtc.desk import Desk, a_pass, desk
from tests.softswitch.webrtc.web_phone import LIMIT, PAGE, WebPhone, web_phone

SIP = [Subprotocol("sip")]
AUDIO = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\n"
)


async def register(phone: WebPhone) -> None:
    await phone.agent.register("sip:192.0.2.1", phone.credentials, "page", 600)


async def still_serves(at: Desk) -> None:
    """A page that means well is served after all that."""
    async with web_phone(at.port, a_pass()) as phone:
        await asyncio.wait_for(register(phone), LIMIT)


@pytest.mark.parametrize(
    ("origin", "protocols", "status"),
    [
        (Origin("http://evil.test"), SIP, 403),
        (Origin("http://panel.test:8080.evil.test"), SIP, 403),
        (None, SIP, 403),
        (Origin(PAGE), None, 400),
        (Origin(PAGE), [Subprotocol("mqtt")], 400),
    ],
)
def test_only_the_panels_pages_are_let_in(
    tmp_path: Path, origin: Origin | None, protocols: list[Subprotocol] | None, status: int
) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at:
            with pytest.raises(InvalidStatus) as refused:
                url = f"ws://127.0.0.1:{at.port}/"
                async with connect(url, origin=origin, subprotocols=protocols):
                    pass
            assert refused.value.response.status_code == status

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "given",
    [
        Pass(a_pass().user, "guessed"),
        Pass(a_pass("200").user, a_pass("201").secret),
        a_pass(life=-10),
        Pass("anna", "secret"),
    ],
)
def test_a_wrong_or_old_pass_neither_registers_nor_calls(tmp_path: Path, given: Pass) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, given) as phone:
            with pytest.raises(RegistrationFailed) as refused:
                await asyncio.wait_for(register(phone), LIMIT)
            assert refused.value.status == 403
            await phone.dial("101")
            await asyncio.wait_for(phone.over.wait(), LIMIT)
            assert phone.end is not None
            assert phone.end.status == 403
            assert not at.gateway.calls

    asyncio.run(scenario())


@pytest.mark.parametrize("number", ["root", "0049%0d%0a", "1" * 21, "100;tgrp=x", "%F0%9F%93%9E"])
def test_what_is_no_number_is_not_dialled(tmp_path: Path, number: str) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as phone:
            await phone.dial(number)
            await asyncio.wait_for(phone.over.wait(), LIMIT)
            assert phone.end is not None
            assert phone.end.status == 404
            assert not at.switch.sessions

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "offer",
    [
        "",
        "nonsense",
        AUDIO,
        AUDIO.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"),
        AUDIO + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n",
        AUDIO + "a=setup:actpass\r\na=mid:0\r\na=fingerprint:sha-256 XX\r\na=ice-ufrag:\r\n",
        AUDIO + "a=candidate:1 1 udp 1 x.local 1 typ host\r\n" * 60,
        AUDIO + "a=rtpmap:0 PCMU/0\r\na=fmtp:0 \r\na=ssrc:x cname:\r\n",
        AUDIO + "a=x:" + "y" * 17_000 + "\r\n",
    ],
)
def test_an_offer_that_no_browser_makes_is_refused(tmp_path: Path, offer: str) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as phone:
            phone.invite("101", offer.encode())
            await asyncio.wait_for(phone.over.wait(), LIMIT)
            assert phone.end is not None
            assert phone.end.status == 488
            assert not at.gateway.calls
            await still_serves(at)

    asyncio.run(scenario())


def test_a_message_too_long_closes_its_connection_alone(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at:
            url = f"ws://127.0.0.1:{at.port}/"
            async with connect(url, origin=Origin(PAGE), subprotocols=SIP) as connection:
                await connection.send("REGISTER " + "x" * 100_000)
                with pytest.raises(ConnectionClosed):
                    await asyncio.wait_for(connection.recv(), LIMIT)
            await still_serves(at)

    asyncio.run(scenario())


def test_who_shows_no_pass_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("softswitch.webrtc.browser._INTRODUCTION", 0.2)

    async def scenario() -> None:
        async with desk(tmp_path) as at:
            url = f"ws://127.0.0.1:{at.port}/"
            async with connect(url, origin=Origin(PAGE), subprotocols=SIP) as connection:
                with pytest.raises(ConnectionClosed):
                    await asyncio.wait_for(connection.recv(), LIMIT)

    asyncio.run(scenario())


def test_noise_is_borne(tmp_path: Path) -> None:
    async def scenario() -> None:
        dice = random.Random(7)
        async with desk(tmp_path) as at:
            url = f"ws://127.0.0.1:{at.port}/"
            async with connect(url, origin=Origin(PAGE), subprotocols=SIP) as connection:
                for number in range(500):
                    noise = dice.randbytes(dice.randrange(200))
                    await connection.send(noise if number % 2 else noise.decode("latin-1"))
                await connection.send("\r\n\r\n")
                await connection.send("INVITE sip:x SIP/2.0\r\nVia: SIP/2.0/WS x.invalid\r\n\r\n")
            await still_serves(at)

    asyncio.run(scenario())


def test_pages_beyond_the_limit_are_turned_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("softswitch.webrtc.gateway.MOST_BROWSERS", 1)

    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as first:
            await asyncio.wait_for(register(first), LIMIT)
            with pytest.raises(InvalidStatus) as refused:
                async with web_phone(at.port, a_pass()):
                    pass
            assert refused.value.response.status_code == 503

    asyncio.run(scenario())
