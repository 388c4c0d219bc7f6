"""Messages that a crash cut off are found again, each once."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from store.models import Message, Transcript
from store.recordings import checksum
from tests.stores import address_of
from tests.voicemail.keeping.lives import (
    begin,
    find_again,
    record,
    store,
    the_only_message,
)
from tests.voicemail.sounds import silence, speech, tone, write_wav
from tests.voicemail.stored import make_box
from voicemail.keeping import keep, salvage, sweep

ROOT = Path(__file__).parent.parent.parent.parent


def make_old(*paths: Path, hours: float = 2.0) -> None:
    """Recorded some hours ago."""
    then = datetime.now(UTC).timestamp() - hours * 3600
    for path in paths:
        os.utime(path, (then, then))


def test_what_was_said_when_the_switch_died_is_a_message(folder: Path, spool: Path) -> None:
    make_box()
    begin()
    record(folder, "m1", 1, seconds=3.0, told=0)
    assert find_again(folder, spool) == 1
    row = the_only_message(folder)
    assert (row.ended_by, row.caller_name, row.box) == ("salvaged", "Ann", "desk")
    assert row.seconds == pytest.approx(3.0)
    assert Transcript.get_by_id("m1").state == "waiting"


def test_looking_again_finds_nothing_more(folder: Path, spool: Path) -> None:
    begin()
    record(folder, "m1", 1)
    assert find_again(folder, spool) == 1
    assert find_again(folder, spool) == 0
    the_only_message(folder)


def test_a_message_of_a_living_call_is_left_alone(folder: Path, spool: Path) -> None:
    begin(call="living")
    take = record(folder, "m1", 1)
    assert find_again(folder, spool, lambda call: call == "living") == 0
    assert Message.get_by_id("m1").state == "recording"
    assert take.exists()


def test_a_message_that_began_after_the_look_at_the_living_is_left_alone(
    folder: Path, spool: Path
) -> None:
    begun = begin()
    record(folder, "m1", 1)
    assert find_again(folder, spool, before=begun.started_at) == 0


def test_a_file_that_was_moved_before_its_row_was_written_is_found(
    folder: Path, spool: Path
) -> None:
    begun = begin()
    record(folder, "m1", 1, seconds=3.0)
    record(folder, "m1", 2, seconds=9.0)
    keep(folder, begun, 1, None, "key")
    assert find_again(folder, spool) == 1
    assert the_only_message(folder).seconds == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("takes", "chosen"),
    [
        ([speech(4), speech(3)], 3.0),
        ([speech(4), speech(1)], 4.0),
        ([speech(4), silence(9)], 4.0),
        ([speech(4), tone(9)], 4.0),
        ([silence(2), np.concatenate([speech(1.5), silence(3)])], 4.5),
    ],
)
def test_the_newest_take_with_enough_speech_is_the_message(
    takes: Sequence[np.ndarray[tuple[int], np.dtype[np.int16]]],
    chosen: float,
    folder: Path,
    spool: Path,
) -> None:
    begin()
    for number, samples in enumerate(takes, 1):
        write_wav(folder / f"in-progress/m1-{number}.wav", samples)
    find_again(folder, spool)
    assert the_only_message(folder).seconds == pytest.approx(chosen)


def test_takes_are_counted_as_numbers(folder: Path, spool: Path) -> None:
    begin()
    record(folder, "m1", 9, seconds=3.0)
    record(folder, "m1", 10, seconds=4.0)
    find_again(folder, spool)
    assert the_only_message(folder).seconds == pytest.approx(4.0)


@pytest.mark.parametrize(
    "content",
    [None, b"", b"RIFF", b"\0" * 5_000, b"\xff" * 5_000, "silence", "tone"],
)
def test_where_nothing_was_said_there_is_no_message(
    content: bytes | str | None, folder: Path, spool: Path
) -> None:
    begin()
    take = folder / "in-progress" / "m1-1.wav"
    if isinstance(content, bytes):
        take.write_bytes(content)
    elif content:
        write_wav(take, silence(5) if content == "silence" else tone(5))
    assert find_again(folder, spool) == 1
    row = Message.get_by_id("m1")
    assert row.state == "discarded"
    assert row.reason.startswith("cut off before any")
    assert not take.exists()
    assert (folder / "discarded" / take.name).exists() == (content is not None)


def test_a_message_that_cannot_be_moved_does_not_hold_up_the_others(
    folder: Path, spool: Path
) -> None:
    begin("m1")
    begin("m2")
    record(folder, "m1", 1)
    record(folder, "m2", 1)
    (folder / "2026/11/21/m1.wav").mkdir(parents=True)
    assert find_again(folder, spool) == 1
    assert [Message.get_by_id(m).state for m in ("m1", "m2")] == ["recording", "new"]


def test_a_recording_without_a_row_goes_to_the_box_of_last_resort(
    folder: Path, spool: Path
) -> None:
    make_box()
    old = record(folder, "lost1", 1, seconds=4.0, told=0)
    make_old(old)
    assert find_again(folder, spool) == 1
    row = the_only_message(folder)
    assert (row.id, row.mailbox.name, row.call) == ("lost1", "desk", "")
    assert find_again(folder, spool) == 0


def test_a_recording_whose_row_may_still_come_is_left_alone(folder: Path, spool: Path) -> None:
    fresh = record(folder, "soon", 1)
    assert find_again(folder, spool) == 0
    assert fresh.exists()


@pytest.mark.parametrize(
    "name", ["notes.txt", "..wav", "m1.wav", "-1.wav", ".tmpabc.part", "a b-1.wav", "é-1.wav"]
)
def test_strange_files_are_left_alone(name: str, folder: Path, spool: Path) -> None:
    strange = folder / "in-progress" / name
    strange.write_bytes(b"x")
    make_old(strange)
    assert find_again(folder, spool) == 0
    assert strange.exists()


def test_no_link_leads_out_of_the_folder(folder: Path, spool: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    (folder / "in-progress" / "lost-1.wav").symlink_to(secret)
    begin("lost")
    find_again(folder, spool)
    assert Message.get_by_id("lost").state == "discarded"
    assert secret.read_text() == "x"


def test_folders_that_are_not_made_yet_hold_nothing(tmp_path: Path) -> None:
    assert find_again(tmp_path / "none", tmp_path / "none") == 0


def test_many_lost_messages_are_found_in_several_goes(
    folder: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicemail.keeping.salvaging.AT_ONCE", 3)
    for number in range(7):
        begin(f"m{number}")
    assert [find_again(folder, spool) for _ in range(4)] == [3, 3, 1, 0]


def test_two_who_look_at_the_same_time_find_the_message_once(folder: Path, spool: Path) -> None:
    begin()
    record(folder, "m1", 1)
    now = datetime.now(UTC)
    first = salvage(folder, spool, lambda _: False, now, "desk")
    second = salvage(folder, spool, lambda _: False, now, "desk")
    store(*first, *second)
    sweep(folder, spool)
    the_only_message(folder)


def test_the_row_is_not_overtaken_by_a_message_that_was_kept_in_time(
    folder: Path, spool: Path
) -> None:
    begun = begin()
    record(folder, "m1", 1)
    lost = salvage(folder, spool, lambda _: False, datetime.now(UTC), "desk")
    store(keep(folder, begun, 1, None, "key"), *lost)
    assert the_only_after(folder, spool).ended_by == "key"


def the_only_after(folder: Path, spool: Path) -> Message:
    sweep(folder, spool)
    return the_only_message(folder)


def test_the_last_file_of_a_message_is_never_swept_away(folder: Path, spool: Path) -> None:
    begun = begin()
    take = record(folder, "m1", 1)
    store(keep(folder, begun, 1, None, "key"))
    (folder / "2026/11/21/m1.wav").unlink()
    assert sweep(folder, spool) == 0
    assert take.exists()


CHILD = """
import sys
from pathlib import Path
from datetime import timedelta
from store.database import connect
from store.applying import apply
from store.jobs import MessageBegun
from tests.voicemail.stored import MORNING
from voicemail.keeping import keep, sweep
from voicemail.places import takes

database, folder = sys.argv[1], Path(sys.argv[2])
connect(database)
for message in sorted(takes(folder)):
    begun = MessageBegun(message, "desk", "call", MORNING)
    print("begun", flush=True)
    job = keep(folder, begun, 2, None, "key")
    print("moved", flush=True)
    apply([job])
    print("stored", flush=True)
    sweep(folder, folder / "none")
    print("swept", flush=True)
"""


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 6, 11])
def test_a_process_killed_at_any_moment_leaves_each_message_once(
    lines: int, folder: Path, spool: Path, store: Path
) -> None:
    """The process is killed while it goes on after having said so many lines."""
    make_box()
    for number in range(4):
        begin(f"m{number}")
        record(folder, f"m{number}", 1, seconds=5.0)
        record(folder, f"m{number}", 2, seconds=3.0, told=0)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, address_of(store), str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    for _ in range(lines):
        assert child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    for left in (folder / "in-progress").glob(".*.part"):
        left.unlink()
    find_again(folder, spool)
    rows = {row.id: row for row in Message.select().where(Message.state == "new")}
    assert sorted(rows) == ["m0", "m1", "m2", "m3"]
    assert sorted(folder.rglob("*.wav")) == sorted(folder / row.path for row in rows.values())
    assert {round(row.seconds, 3) for row in rows.values()} == {3.0}


def test_processes_that_work_on_the_same_messages_keep_each_once(
    folder: Path, spool: Path, store: Path
) -> None:
    make_box()
    for number in range(8):
        begin(f"m{number}")
        record(folder, f"m{number}", 1, seconds=5.0)
        record(folder, f"m{number}", 2, seconds=3.0, told=0)
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, address_of(store), str(folder)], cwd=ROOT)
        for _ in range(3)
    ]
    find_again(folder, spool)
    assert [child.wait() for child in children] == [0, 0, 0]
    find_again(folder, spool)
    rows = list(Message.select().where(Message.state == "new"))
    assert len(rows) == 8
    assert sorted(folder.rglob("*.wav")) == sorted(folder / row.path for row in rows)
    assert {checksum(folder / row.path) for row in rows} == {row.sha256 for row in rows}


def test_messages_left_yesterday_keep_their_times(folder: Path, spool: Path) -> None:
    begun = begin()
    take = record(folder, "m1", 1, told=0)
    ended = begun.started_at + timedelta(seconds=9)
    os.utime(take, (ended.timestamp(), ended.timestamp()))
    find_again(folder, spool)
    assert the_only_message(folder).ended_at == ended
