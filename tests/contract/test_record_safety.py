"""What is left of a recording when the switch is killed, or the disk is full."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.contract.client import LIMIT, Program
from tests.contract.conftest import KINDS, Leg, connected, started
from tests.contract.dialplan import ANSWERED_PROGRAM, recording
from tests.contract.phone import Phone
from tests.contract.rtp import LIKE, SAID
from tests.contract.sounds import Sounds
from tests.listening import Samples, heard_in_parts, read_wav
from tests.switches import Switch

HEADER = 44
UNBUFFERED = "enable_file_write_buffering=false"
STEP = 8000
"""Bytes, half a second: how far the disk may be behind what was said."""


def on_disk(file: Path) -> Samples:
    """What the bytes of the file hold, whatever its header says."""
    data = file.read_bytes()[HEADER:]
    return np.frombuffer(data[: len(data) // 2 * 2], np.int16) / 32768.0


def sizes_seen(file: Path, bytes_at_last: int) -> list[int]:
    """Each size that the file was seen to have while it grew."""
    sizes = [HEADER]
    deadline = time.monotonic() + LIMIT
    while sizes[-1] < bytes_at_last:
        assert time.monotonic() < deadline, f"{file} does not grow: {sizes}"
        size = file.stat().st_size if file.exists() else HEADER
        if size > sizes[-1]:
            sizes.append(size)
        time.sleep(0.01)
    return sizes


def test_a_recording_grows_on_the_disk_in_small_steps(
    leg: Leg, switch: Switch, sounds: Sounds
) -> None:
    file = recording(switch.recordings, "grows.wav")
    leg.esl.run("set", UNBUFFERED)
    leg.phone.line.say(sounds.samples("long"))
    mark = leg.esl.start("record", f"{file} 20 200 10")
    sizes = sizes_seen(file, 5 * 16_000)
    # A buffer of 64 kB would show as a step of its own size; a busy machine may miss some steps.
    assert np.median(np.diff(sizes)) <= STEP
    leg.phone.press("*")
    leg.esl.finished(mark)
    assert heard_in_parts(read_wav(file)[16_000:32_000], sounds.samples("long")) > SAID


@pytest.mark.parametrize("kind", KINDS)
def test_a_killed_switch_leaves_what_was_said_up_to_then(
    kind: str, tmp_path: Path, sounds: Sounds, phone: Phone
) -> None:
    switch = started(kind, tmp_path, sounds)
    program = Program(switch.socket_port)
    file = recording(switch.recordings, "killed.wav")
    try:
        leg = connected(phone.call(switch.sip, ANSWERED_PROGRAM), program)
        leg.esl.start("set", UNBUFFERED)
        phone.line.say(sounds.samples("long"))
        leg.esl.start("record", f"{file} 60 200 10")
        sizes_seen(file, 3 * 16_000)
    finally:
        switch.kill()
        program.close()
        switch.plan.claim.close()
    held = on_disk(file)
    assert len(held) >= 3 * 8000 - HEADER
    assert heard_in_parts(held[-16_000:], sounds.samples("long")) > SAID


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for three seconds."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48k,mode=777", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_ends_a_recording_and_the_call_goes_on(
    leg: Leg, small_disk: Path, sounds: Sounds
) -> None:
    file = small_disk / "full.wav"
    leg.esl.run("set", UNBUFFERED)
    leg.phone.line.say(sounds.samples("long"))
    done = leg.esl.run("record", f"{file} 60 200 10")
    assert done["Answer-State"] == "answered"
    assert done["variable_silence_hits_exhausted"] == "false"
    assert "variable_playback_terminator_used" not in done.headers
    assert 1 < int(done["variable_record_samples"]) / 8000 < 5
    assert heard_in_parts(read_wav(file)[-16_000:], sounds.samples("long")) > SAID
    assert leg.esl.run("playback", sounds.path("ok"))["Application-Response"] == "FILE PLAYED"
    assert leg.phone.line.hears(sounds.samples("ok")) > LIKE


def test_a_recording_that_finds_no_room_at_all_kills_the_call(leg: Leg, small_disk: Path) -> None:
    (small_disk / "all").write_bytes(bytes(48 * 1024))
    done = leg.esl.run("record", f"{small_disk / 'more.wav'} 5 200 5")
    assert done["Hangup-Cause"] == "DESTINATION_OUT_OF_ORDER"
    leg.phone.wait_end()
