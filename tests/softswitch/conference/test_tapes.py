"""Recordings of a room: several at once, none twice, none after its end."""

import asyncio
from pathlib import Path

import soundfile

from softswitch.conference.tapes import MAX_TAPES, Tapes
from softswitch.media.frame import SILENCE
from softswitch.switch import Switch
from tests.softswitch.test_flood import SETTINGS


def test_two_at_once_are_written_each_for_its_time(tmp_path: Path) -> None:
    async def body() -> None:
        tapes = Tapes()
        whole, part = str(tmp_path / "whole.wav"), str(tmp_path / "part.wav")
        assert await tapes.start(whole)
        tapes.push(SILENCE)
        assert await tapes.start(part)
        tapes.push(SILENCE)
        ended = tapes.stop(part)
        assert ended is not None
        assert (ended.samples, tapes.paths) == (160, [whole])
        assert tapes.stop(part) is None
        tapes.stop(whole)
        assert not tapes
        lengths = [soundfile.info(path).frames for path in (whole, part)]
        assert lengths == [320, 160]

    asyncio.run(body())


def test_a_file_is_not_recorded_into_twice_at_once(tmp_path: Path) -> None:
    async def body() -> None:
        tapes, path = Tapes(), str(tmp_path / "a.wav")
        assert sorted(await asyncio.gather(tapes.start(path), tapes.start(path))) == [False, True]
        tapes.stop(path)

    asyncio.run(body())


def test_their_number_is_bounded_and_a_missing_folder_is_no_harm(tmp_path: Path) -> None:
    async def body() -> None:
        tapes = Tapes()
        paths = [str(tmp_path / f"{number}.wav") for number in range(MAX_TAPES + 1)]
        started = [await tapes.start(path) for path in paths]
        assert started == [True] * MAX_TAPES + [False]
        for path in tapes.paths:
            tapes.stop(path)
        assert not await tapes.start("/proc/nowhere/a.wav")

    asyncio.run(body())


def test_a_room_that_has_ended_is_not_recorded(tmp_path: Path) -> None:
    async def body() -> None:
        room = Switch(SETTINGS).rooms.open("red", "default")
        assert not await room.record(str(tmp_path / "a.wav"))
        assert not room.tapes

    asyncio.run(body())
