"""What the switch recorded by itself becomes messages, each once."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.models import Message
from tests.voicemail.keeping.lives import find_again, nobody, the_only_message
from tests.voicemail.sounds import silence, speech, write_wav
from tests.voicemail.stored import make_box
from voicemail.keeping import salvage
from voicemail.keeping.spool import Spooled, spooled

UUID = "3b0f9a52-8e0b-4f0e-9c57-6a1d8f4f2f10"
ENDED = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def spool_file(spool: Path, name: str, seconds: float = 4.0, told: int | None = None) -> Path:
    path = write_wav(spool / name, speech(seconds), told)
    os.utime(path, (ENDED.timestamp(), ENDED.timestamp()))
    return path


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (f"{UUID}_0301234567_100.wav", Spooled(UUID, "0301234567", "100")),
        (f"{UUID}_+49301234567_100.wav", Spooled(UUID, "+49301234567", "100")),
        (f"{UUID}_unknown_100.wav", Spooled(UUID, "", "100")),
        (f"{UUID}_unknown_unknown.wav", Spooled(UUID)),
        (f"{UUID}_12_*98#.wav", Spooled(UUID, "12", "*98#")),
        (f"{UUID}__100.wav", None),
        (f"{UUID}.wav", None),
        (f"{UUID}_evil;name_100.wav", None),
        ("../../etc/passwd", None),
        (f"{UUID}.wav.part", None),
        (".wav", None),
    ],
)
def test_a_file_name_tells_of_the_call(name: str, told: Spooled | None) -> None:
    assert spooled(name) == told


def test_a_spooled_recording_becomes_a_message_once(folder: Path, spool: Path) -> None:
    make_box()
    spool_file(spool, f"{UUID}_0301234567_100.wav", told=0)
    assert find_again(folder, spool) == 1
    assert list(spool.iterdir()) == []
    row = the_only_message(folder)
    assert (row.mailbox.name, row.call, row.caller_number) == ("desk", UUID, "0301234567")
    assert (row.dialled, row.withheld, row.ended_at) == ("100", False, ENDED)
    assert find_again(folder, spool) == 0


def test_the_file_stays_until_the_store_knows_of_the_message(folder: Path, spool: Path) -> None:
    path = spool_file(spool, f"{UUID}_1_100.wav")
    once = salvage(folder, spool, nobody, datetime.now(UTC), "desk")
    again = salvage(folder, spool, nobody, datetime.now(UTC), "desk")
    assert path.exists()
    assert once == again


def test_a_caller_without_a_number_is_withheld(folder: Path, spool: Path) -> None:
    make_box()
    spool_file(spool, f"{UUID}_unknown_100.wav")
    find_again(folder, spool)
    assert the_only_message(folder).withheld


def test_a_recording_of_a_living_call_is_left_alone(folder: Path, spool: Path) -> None:
    spool_file(spool, f"{UUID}_1_100.wav")
    assert find_again(folder, spool, lambda call: call == UUID) == 0


def test_a_recording_that_still_grows_is_left_alone(folder: Path, spool: Path) -> None:
    path = write_wav(spool / f"{UUID}_1_100.wav", speech(3))
    assert find_again(folder, spool) == 0
    assert path.exists()


def test_a_caller_who_said_nothing_leaves_no_message(folder: Path, spool: Path) -> None:
    path = write_wav(spool / f"{UUID}_1_100.wav", silence(5))
    os.utime(path, (ENDED.timestamp(), ENDED.timestamp()))
    assert find_again(folder, spool) == 1
    assert Message.select().get().state == "discarded"
    assert list(spool.iterdir()) == []
    assert (folder / "discarded" / path.name).exists()


@pytest.mark.parametrize("content", [b"", b"\xff" * 5_000, b"RIFF" + b"\0" * 40])
def test_a_file_that_is_no_sound_is_set_aside(content: bytes, folder: Path, spool: Path) -> None:
    path = spool / f"{UUID}_1_100.wav"
    path.write_bytes(content)
    os.utime(path, (ENDED.timestamp(), ENDED.timestamp()))
    find_again(folder, spool)
    assert (folder / "discarded" / path.name).read_bytes() == content


def test_strange_files_in_the_spool_are_left_alone(folder: Path, spool: Path) -> None:
    (spool / "notes.txt").write_text("x")
    assert find_again(folder, spool) == 0
    assert (spool / "notes.txt").exists()
