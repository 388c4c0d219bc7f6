"""Our phones against both switches, in both directions."""

import asyncio
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from appliance.phone.answering import AnsweringPhone, Manners
from appliance.phone.calling import place_call
from appliance.phone.options import CallOptions
from appliance.phone.report import End
from softswitch.sip.errors import RegistrationFailed
from tests.appliance_phone.test_calls import sound
from tests.listening import heard_in
from tests.switches import Extension, FreeSwitch, Plan, SoftSwitch, Switch

SAID = sound(1.5, seed=9)


@pytest.fixture(scope="module", params=[SoftSwitch, FreeSwitch], ids=["softswitch", "freeswitch"])
def switch(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Switch]:
    kind: type[Switch] = request.param
    if kind is FreeSwitch and not FreeSwitch.program():
        pytest.skip("FreeSWITCH is not installed: set FREESWITCH_BIN or the PATH")
    home = tmp_path_factory.mktemp(kind.name)
    soundfile.write(home / "prompt.wav", SAID, 8000)
    gather = f"1 9 1 60000 # {home / 'prompt.wav'} silence_stream://10 pressed \\d+"
    extensions = (
        Extension("play", "^100$", (("answer", ""), ("playback", f"{home / 'prompt.wav'}"))),
        Extension("echo", "^103$", (("answer", ""), ("echo", ""))),
        Extension(
            "menu",
            "^104$",
            (("answer", ""), ("play_and_get_digits", gather), ("hangup", "USER_BUSY")),
        ),
        Extension("busy", "^105$", (("hangup", "USER_BUSY"),)),
        Extension("desk", "^200$", (("bridge", "user/200@127.0.0.1"),)),
        Extension("early", "^106$", (("pre_answer", ""), ("sleep", "200"), ("answer", ""))),
    )
    made = kind(Plan(home, extensions, users={"200": "right"}))
    made.start()
    yield made
    made.stop()


def number(switch: Switch, dialled: str) -> str:
    return f"sip:{dialled}@{switch.sip[0]}:{switch.sip[1]}"


def run(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(scene, 90))


def test_a_prompt_is_heard(switch: Switch) -> None:
    async def scene() -> None:
        report = await place_call(CallOptions(number(switch, "100")))
        assert report.end is End.THEY_HUNG_UP
        assert heard_in(SAID, report.heard) > 0.9

    run(scene())


def test_ten_calls_at_once_all_hear_it(switch: Switch) -> None:
    async def scene() -> None:
        options = CallOptions(number(switch, "100"), from_name='Ann "%0A" 報社')
        reports = await asyncio.gather(*(place_call(options) for _ in range(10)))
        assert all(heard_in(SAID, report.heard) > 0.9 for report in reports)

    run(scene())


def test_keys_reach_the_switch_and_its_hangup_cause_reaches_us(switch: Switch) -> None:
    async def scene() -> None:
        report = await place_call(CallOptions(number(switch, "104"), keys="@0.4:12#", limit=30))
        # Nothing but the key # ends the menu within 30 s.
        assert report.end is End.THEY_HUNG_UP
        assert "USER_BUSY" in report.reason

    run(scene())


def test_a_busy_extension_refuses(switch: Switch) -> None:
    async def scene() -> None:
        report = await place_call(CallOptions(number(switch, "105")))
        assert (report.end, report.status) == (End.REFUSED, 486)

    run(scene())


def test_early_media_comes_before_the_answer(switch: Switch) -> None:
    async def scene() -> None:
        seen: list[str] = []
        options = CallOptions(
            number(switch, "106"), on_progress=lambda step: seen.append(step.text)
        )
        report = await place_call(options)
        assert "183 early media" in seen and report.answered

    run(scene())


def test_what_we_speak_comes_back_from_the_echo(switch: Switch, tmp_path: Path) -> None:
    async def scene() -> None:
        soundfile.write(tmp_path / "said.wav", SAID, 8000)
        options = CallOptions(
            number(switch, "103"), speak=tmp_path / "said.wav", keys="@2.5:hangup"
        )
        report = await place_call(options)
        assert report.end is End.WE_HUNG_UP
        assert heard_in(SAID, report.heard) > 0.9

    run(scene())


def test_a_desk_phone_registers_at_the_switch_and_is_called_through_it(
    switch: Switch,
) -> None:
    async def scene() -> None:
        manners = Manners(answer_after=0.1, speak=SAID, hang_up_after=2.0)
        async with AnsweringPhone("200", manners) as desk:
            await desk.register(number(switch, "200").replace("200@", ""), "right")
            report = await place_call(CallOptions(number(switch, "200"), keys="@0.5:7"))
            assert report.end is End.THEY_HUNG_UP
            assert heard_in(SAID, report.heard) > 0.9
            call = desk.calls[0]
            assert call.keys == ["7"]
            assert len(call.heard) > 8000 and np.abs(call.heard).max() < 500
            await desk.register(number(switch, "200").replace("200@", ""), "right", 0)

    run(scene())


def test_the_switch_forbids_a_wrong_password(switch: Switch) -> None:
    async def scene() -> None:
        async with AnsweringPhone("200") as desk:
            with pytest.raises(RegistrationFailed, match="403"):
                await desk.register(number(switch, "200").replace("200@", ""), "wrong")

    run(scene())
