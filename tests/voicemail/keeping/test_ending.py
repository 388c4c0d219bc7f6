"""A message is kept, or there is none; a crash in between leaves exactly one."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile

from store.jobs import MessageNoted
from store.models import Message
from tests.voicemail.keeping.lives import begin, find_again, record, store, the_only_message
from tests.voicemail.sounds import silence, write_wav
from tests.voicemail.stored import make_box
from voicemail.errors import MessageNotKept
from voicemail.keeping import discard, keep, sweep

CALLS = ("link", "rename", "replace", "fsync", "utime", "unlink", "mkdir", "fchmod")


class Crash(BaseException):
    """The process dies here."""


def dying(
    patch: pytest.MonkeyPatch, at: int, *, after: bool, names: tuple[str, ...] = CALLS
) -> list[str]:
    """Die at the `at`-th call that changes the disk, before or after it did; the calls so far."""
    calls: list[str] = []

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            calls.append(name)
            if len(calls) == at and not after:
                raise Crash(name)
            result = real(*arguments, **options)
            if len(calls) == at:
                raise Crash(name)
            return result

        return call

    for name in names:
        patch.setattr(os, name, wrapped(name, getattr(os, name)))
    return calls


def test_the_chosen_take_becomes_the_message(folder: Path, spool: Path) -> None:
    make_box()
    begun = begin()
    record(folder, "m1", 1, seconds=5.0)
    record(folder, "m1", 2, seconds=3.0)
    noted = MessageNoted("m1", urgent=True, callback_number="555", callback_confirmed=True)
    store(keep(folder, begun, 2, noted, "key"))
    assert sweep(folder, spool) == 2
    row = the_only_message(folder)
    assert row.path == "2026/11/21/m1.wav"
    assert (row.urgent, row.callback_number, row.ended_by) == (True, "555", "key")
    assert row.seconds == pytest.approx(3.0)
    assert row.spoken_seconds > 2


def test_the_takes_stay_until_the_store_knows_of_the_message(folder: Path, spool: Path) -> None:
    begun = begin()
    first, second = record(folder, "m1", 1), record(folder, "m1", 2)
    job = keep(folder, begun, 2, None, "hangup")
    assert sweep(folder, spool) == 0
    assert first.exists()
    assert second.exists()
    store(job)
    assert sweep(folder, spool) == 2


def test_a_header_that_nobody_completed_is_mended(folder: Path) -> None:
    begun = begin()
    record(folder, "m1", 1, seconds=3.0, told=0)
    store(keep(folder, begun, 1, None, "hangup"))
    row = Message.get_by_id("m1")
    assert soundfile.info(folder / row.path).duration == row.seconds == pytest.approx(3.0)


def test_keeping_twice_is_keeping_once(folder: Path, spool: Path) -> None:
    begun = begin()
    record(folder, "m1", 1)
    job = keep(folder, begun, 1, None, "key")
    assert keep(folder, begun, 1, None, "key") == job
    store(job, job)
    sweep(folder, spool)
    the_only_message(folder)


def test_a_take_that_is_not_there_is_told_and_leaves_the_row(folder: Path) -> None:
    begun = begin()
    with pytest.raises(MessageNotKept, match="m1-1"):
        keep(folder, begun, 1, None, "key")
    assert Message.get_by_id("m1").state == "recording"


@pytest.mark.parametrize("content", [b"", b"RIFF" + b"\0" * 40, b"\xff" * 5_000])
def test_what_the_caller_said_is_kept_even_if_it_cannot_be_read(
    content: bytes, folder: Path, spool: Path
) -> None:
    begun = begin()
    (folder / "in-progress" / "m1-1.wav").write_bytes(content)
    store(keep(folder, begun, 1, None, "key"))
    sweep(folder, spool)
    assert the_only_message(folder).seconds == 0


def test_a_disk_without_hard_links_keeps_messages_too(
    folder: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    begun = begin()
    record(folder, "m1", 1)
    store(keep(folder, begun, 1, None, "key"))
    sweep(folder, spool)
    the_only_message(folder)


def test_a_full_disk_is_told_and_salvage_keeps_the_message_later(
    folder: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    make_box()
    begun = begin()
    record(folder, "m1", 1)
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", full)
        patch.setattr(os, "mkdir", full)
        with pytest.raises(MessageNotKept, match="No space left"):
            keep(folder, begun, 1, None, "key")
        assert find_again(folder, spool) == 0
    assert find_again(folder, spool) == 1
    the_only_message(folder)


def test_what_is_discarded_can_be_found_for_some_days(folder: Path, spool: Path) -> None:
    begun = begin()
    record(folder, "m1", 1)
    store(discard(folder, begun, "the caller withdrew it"))
    row = Message.get_by_id("m1")
    assert (row.state, row.reason, row.path) == ("discarded", "the caller withdrew it", "")
    assert [path.name for path in folder.rglob("*.wav")] == ["m1-1.wav"]
    assert (folder / "discarded" / "m1-1.wav").exists()


def test_discarding_twice_or_without_a_recording_is_no_error(folder: Path) -> None:
    begun = begin()
    record(folder, "m1", 1)
    store(discard(folder, begun, "nothing was said"), discard(folder, begun, "again"))
    assert Message.get_by_id("m1").reason == "nothing was said"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("told", [0, None])
def test_a_crash_at_any_step_of_keeping_leaves_exactly_one_message(
    folder: Path, spool: Path, monkeypatch: pytest.MonkeyPatch, after: bool, told: int | None
) -> None:
    make_box()
    for at in range(1, 100):
        message = f"m{at}"
        begun = begin(message)
        record(folder, message, 1)
        record(folder, message, 2, told=told)
        with monkeypatch.context() as patch:
            calls = dying(patch, at, after=after)
            try:
                store(keep(folder, begun, 2, None, "key"))
                sweep(folder, spool)
            except Crash:
                pass
        find_again(folder, spool)
        the_only_message(folder)
        Message.delete().execute()
        (folder / "2026/11/21" / f"{message}.wav").unlink()
        for left in (folder / "in-progress").iterdir():
            left.unlink()  # the half-mended copy of a file, tidied by age
        if len(calls) < at:
            return
    pytest.fail("keeping never ended")


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_while_lost_messages_are_looked_for_leaves_exactly_one_message(
    folder: Path, spool: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    make_box()
    for at in range(1, 100):
        message = f"m{at}"
        begin(message)
        record(folder, message, 1, told=0)
        with monkeypatch.context() as patch:
            calls = dying(patch, at, after=after)
            with contextlib.suppress(Crash):
                find_again(folder, spool)
        find_again(folder, spool)
        the_only_message(folder)
        Message.delete().execute()
        (folder / "2026/11/21" / f"{message}.wav").unlink()
        for left in (folder / "in-progress").iterdir():
            left.unlink()
        if len(calls) < at:
            return
    pytest.fail("salvage never ended")


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_at_any_step_of_discarding_leaves_no_message(
    folder: Path, spool: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    for at in range(1, 100):
        message = f"m{at}"
        begun = begin(message)
        for take in (1, 2):
            write_wav(folder / f"in-progress/{message}-{take}.wav", silence(1))
        with monkeypatch.context() as patch:
            calls = dying(patch, at, after=after)
            try:
                store(discard(folder, begun, "nothing was said"))
                sweep(folder, spool)
            except Crash:
                pass
        find_again(folder, spool)
        assert Message.get_by_id(message).state == "discarded"
        assert not list((folder / "in-progress").iterdir())
        if len(calls) < at:
            return
    pytest.fail("discarding never ended")
