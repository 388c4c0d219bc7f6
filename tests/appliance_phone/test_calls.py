"""The test phone calling the answering phone: real SIP, real RTP, real 20 ms."""

import asyncio
import wave
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from appliance.phone.answering import AnsweringPhone, Manners
from appliance.phone.calling import place_call
from appliance.phone.errors import BadCall, BadSpeech
from appliance.phone.options import CallOptions, Progress
from appliance.phone.report import End
from softswitch.media.g711 import Samples
from tests.listening import heard_in


def run(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(scene, 60))


def sound(seconds: float, seed: int = 1) -> Samples:
    """A noise that resembles nothing else, at a speaker's loudness."""
    noise = np.random.default_rng(seed).normal(0, 3000, int(seconds * 8000))
    return np.clip(noise, -20000, 20000).astype(np.int16)


def prompts(*lengths: float, pause: float = 0.6) -> Samples:
    """Sounds with pauses between them."""
    parts: list[Samples] = []
    for number, length in enumerate(lengths):
        parts += [sound(length, number), np.zeros(int(pause * 8000), np.int16)]
    return np.concatenate(parts)


def test_what_the_other_side_says_is_heard_sample_by_sample() -> None:
    async def scene() -> None:
        said = sound(1.0)
        async with AnsweringPhone(manners=Manners(speak=said, hang_up_after=1.2)) as desk:
            report = await place_call(CallOptions(desk.uri))
            assert report.end is End.THEY_HUNG_UP
            assert report.answered_after is not None and report.answered_after < 5000
            assert heard_in(said, report.heard) > 0.9

    run(scene())


@pytest.mark.parametrize("info", [False, True])
def test_each_group_is_pressed_when_a_prompt_has_ended(info: bool) -> None:
    async def scene() -> None:
        said = prompts(0.4, 0.4)
        seen: list[Progress] = []
        async with AnsweringPhone(manners=Manners(speak=said, hang_up_after=3.5)) as desk:
            options = CallOptions(
                desk.uri, keys="1 23#", info=info, silence=0.3, on_progress=seen.append
            )
            report = await place_call(options)
            assert desk.calls[0].keys == ["1", "2", "3", "#"]
            assert [press.key for press in report.keys] == ["1", "2", "3", "#"]
            assert report.keys[0].at > 0.6 and report.keys[1].at > report.keys[0].at + 0.5
            assert report.undone == 0
            assert "pressed 1" in [progress.text for progress in seen]

    run(scene())


def test_keys_at_a_moment_do_not_wait_for_a_prompt_and_hangup_ends_the_call() -> None:
    async def scene() -> None:
        async with AnsweringPhone() as desk:
            report = await place_call(CallOptions(desk.uri, keys="@0.3:5 ~0.2:55 ~0:hangup"))
            assert report.end is End.WE_HUNG_UP
            assert report.keys[0].at >= 0.3
            call = desk.calls[0]
            assert (await call.ended) is not None and call.keys == ["5", "5", "5"]

    run(scene())


def test_a_spoken_file_of_another_rate_arrives_as_telephone_audio(tmp_path: Path) -> None:
    async def scene() -> None:
        said = sound(1.0)
        spoken = tmp_path / "message.wav"
        soundfile.write(spoken, np.repeat(said, 2), 16000)
        async with AnsweringPhone() as desk:
            await place_call(CallOptions(desk.uri, speak=spoken, keys="~0.3:hangup"))
            assert heard_in(said, desk.calls[0].heard) > 0.8

    run(scene())


def test_an_echo_comes_back_and_is_saved_as_a_wav_file(tmp_path: Path) -> None:
    async def scene() -> None:
        said = sound(0.8)
        spoken = tmp_path / "message.wav"
        soundfile.write(spoken, said, 8000)
        async with AnsweringPhone(manners=Manners(echo=True)) as desk:
            report = await place_call(CallOptions(desk.uri, speak=spoken, keys="@1.2:hangup"))
        report.save(tmp_path / "heard.wav")
        with wave.open(str(tmp_path / "heard.wav")) as saved:
            assert (saved.getframerate(), saved.getnchannels()) == (8000, 1)
            heard = np.frombuffer(saved.readframes(1 << 20), "<i2")
        assert heard_in(said, heard) > 0.9

    run(scene())


def test_a_refusal_is_reported_with_its_status() -> None:
    async def scene() -> None:
        async with AnsweringPhone(manners=Manners(refuse_with=486)) as desk:
            report = await place_call(CallOptions(desk.uri))
            assert (report.end, report.status, report.phrase) == (End.REFUSED, 486, "Busy Here")
            assert not report.answered

    run(scene())


def test_a_phone_that_only_rings_is_given_up_and_hears_of_it() -> None:
    async def scene() -> None:
        async with AnsweringPhone(manners=Manners(answer_after=None)) as desk:
            report = await place_call(CallOptions(desk.uri, ring_limit=0.3))
            assert report.end is End.NOT_ANSWERED
            assert (await desk.calls[0].ended) is not None

    run(scene())


def test_a_call_that_goes_on_is_ended_at_the_limit_with_words_undone() -> None:
    async def scene() -> None:
        async with AnsweringPhone() as desk:
            report = await place_call(CallOptions(desk.uri, keys="1 2", limit=0.3))
            assert (report.end, report.undone) == (End.TIME_LIMIT, 2)

    run(scene())


@pytest.mark.parametrize(
    "options",
    [
        CallOptions("100"),
        CallOptions("sip:100@127.0.0.1:99999"),
        CallOptions("sip:100@127.0.0.1", limit=0),
    ],
)
def test_options_that_make_no_call_are_refused_before_it(options: CallOptions) -> None:
    with pytest.raises(BadCall):
        asyncio.run(place_call(options))


def test_a_file_that_is_no_sound_is_refused_before_the_call(tmp_path: Path) -> None:
    text = tmp_path / "letter.wav"
    text.write_text("Dear Sir")
    for path in (text, tmp_path / "missing.wav"):
        with pytest.raises(BadSpeech, match="cannot be spoken"):
            asyncio.run(place_call(CallOptions("sip:100@127.0.0.1", speak=path)))
