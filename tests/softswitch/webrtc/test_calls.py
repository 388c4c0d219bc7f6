"""Calls from a browser: sound both ways, keys, ends."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from softswitch.sip.ending import Ending
from tests.listening import read_wav, tones_in
from tests.softswitch.webrtc.desk import PROMPT, a_pass, desk
from tests.softswitch.webrtc.web_phone import LIMIT, web_phone

SPOKEN = 1209.0
"""Hz of what the caller says."""


async def until(fits: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT):
        while not fits():
            await asyncio.sleep(0.05)


def test_a_caller_hears_the_prompt_presses_a_key_and_is_recorded(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as phone:
            await phone.dial("100", SPOKEN)
            heard = await phone.hear(1.0)
            assert tones_in(heard, [PROMPT, SPOKEN]) == {PROMPT}
            phone.press("7")
            recording = tmp_path / "7.wav"
            await until(lambda: recording.exists() and recording.stat().st_size > 16_000)
            phone.press("#")
            await asyncio.wait_for(phone.over.wait(), LIMIT)
            assert phone.end is not None
            assert phone.end.kind is Ending.BYE
            assert tones_in(read_wav(recording), [PROMPT, SPOKEN]) == {SPOKEN}

    asyncio.run(scenario())


def test_the_switch_is_told_who_calls_by_the_pass_alone(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass("200", "陈 Anna")) as phone:
            await phone.dial("101")
            await asyncio.wait_for(phone.answered.wait(), LIMIT)
            [session] = at.switch.sessions.values()
            profile = session.channel.profile
            assert (profile.caller_number, profile.caller_name) == ("200", "陈 Anna")

    asyncio.run(scenario())


def test_a_caller_who_hangs_up_leaves_nothing_behind(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as phone:
            await phone.dial("101")
            await phone.hear(0.2)
            phone.call.hangup()
            await until(lambda: not at.switch.sessions and not at.gateway.calls)

    asyncio.run(scenario())


def test_a_page_that_is_closed_in_mid_call_hangs_up(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at:
            async with web_phone(at.port, a_pass()) as phone:
                await phone.dial("101")
                await asyncio.wait_for(phone.answered.wait(), LIMIT)
                phone.agent.endpoint.close()  # without a word of SIP
            await until(lambda: not at.switch.sessions and not at.gateway.calls)

    asyncio.run(scenario())


def test_a_switch_that_hangs_up_ends_the_call(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as phone:
            await phone.dial("101")
            await asyncio.wait_for(phone.answered.wait(), LIMIT)
            at.switch.hang_up_all("NORMAL_CLEARING")
            await asyncio.wait_for(phone.over.wait(), LIMIT)
            assert not at.gateway.calls

    asyncio.run(scenario())


def test_a_refusal_of_the_switch_reaches_the_caller(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as phone:
            await phone.dial("102")
            await asyncio.wait_for(phone.over.wait(), LIMIT)
            assert phone.end is not None
            assert phone.end.status == 486

    asyncio.run(scenario())


def test_a_caller_on_hold_is_heard_again_afterwards(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as phone:
            await phone.dial("101", SPOKEN)
            await phone.hear(0.5)
            [session] = at.switch.sessions.values()
            session.line.hold(True)
            session.line.hold(False)
            before = len(await phone.hear(0.5))
            heard = await phone.hear(before / 8000 + 2.0)
            assert tones_in(heard[-8000:], [SPOKEN]) == {SPOKEN}

    asyncio.run(scenario())


def test_a_call_without_sound_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("softswitch.webrtc.phone_call._CONNECTED_WITHIN", 0.2)

    async def scenario() -> None:
        async with desk(tmp_path) as at, web_phone(at.port, a_pass()) as phone:
            await phone.dial("101")
            phone.call.on_answer = lambda sdp: None  # the answer is not taken up
            await asyncio.wait_for(phone.over.wait(), LIMIT)
            await until(lambda: not at.switch.sessions and not at.gateway.calls)

    asyncio.run(scenario())


def test_one_call_more_than_there_is_room_for_is_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            desk(tmp_path, most_calls=1) as at,
            web_phone(at.port, a_pass()) as first,
            web_phone(at.port, a_pass("201")) as second,
        ):
            await first.dial("101")
            await asyncio.wait_for(first.answered.wait(), LIMIT)
            await second.dial("101")
            await asyncio.wait_for(second.over.wait(), LIMIT)
            assert second.end is not None
            assert second.end.status == 503
            assert len(at.gateway.calls) == 1

    asyncio.run(scenario())
