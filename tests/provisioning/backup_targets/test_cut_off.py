"""A backup that is killed, and a disk that is full: the next one is good."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from appliance.settings import Settings
from provisioning.backup import archive, making, state, verifying
from provisioning.backup.errors import BackupError, TargetGone
from provisioning.backup.places import Places

MUCH = 150_000_000
"""Bytes that restic is busy with for some seconds."""


def add_sound(home: Path, size: int) -> None:
    (home / "recordings" / "long.wav").write_bytes(os.urandom(size))


def backing_up(settings: Settings) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        "PRESSLINE_HOME": str(settings.home),
        "PRESSLINE_BACKUP_TARGET": settings.backup_target,
    }
    return subprocess.Popen([sys.executable, "-m", "appliance", "backup"], env=environment)


def wait_for_lock(process: "subprocess.Popen[bytes]", target: Path) -> None:
    """restic is at work in the archive."""
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline and process.poll() is None:
        if any((target / "locks").iterdir()):
            return
        time.sleep(0.001)
    raise AssertionError("restic never took its lock")


def kill_with_its_restic(process: "subprocess.Popen[bytes]") -> None:
    """Only the backup is killed; its restic is to end with it, and to be gone for `unlock`."""
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 60
    while any(psutil.pid_exists(child.pid) for child in children):
        assert time.monotonic() < deadline, "restic outlived its backup"
        time.sleep(0.05)


def test_after_a_kill_in_its_midst_the_next_backup_is_good(
    box: Settings, places: Places, target: Path
) -> None:
    good = making.backup(box, places)
    add_sound(box.home, MUCH)
    process = backing_up(box)
    wait_for_lock(process, target)
    kill_with_its_restic(process)
    assert state.read(places).snapshot == good.snapshot
    again = making.backup(box, places)
    assert again.snapshot != good.snapshot
    assert verifying.verify(box, places).files == len(again.manifest.files)
    assert not any((target / "locks").iterdir())
    listed = archive.archive_of(box, places).snapshots()
    assert again.snapshot in {snapshot.id for snapshot in listed}


@pytest.fixture
def small_disk(target: Path) -> Iterator[Path]:
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    target.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(target)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    yield target
    subprocess.run(["umount", str(target)], capture_output=True)


def test_a_full_disk_makes_no_good_backup_and_spoils_none(
    box: Settings, places: Places, small_disk: Path
) -> None:
    good = making.backup(box, places)
    add_sound(box.home, 20_000_000)
    with pytest.raises(BackupError, match="no space left"):
        making.backup(box, places)
    assert state.read(places).snapshot == good.snapshot
    assert "no space left" in state.read(places).fault
    subprocess.run(["mount", "-o", "remount,size=100m", str(small_disk)], check=True)
    making.backup(box, places)
    assert verifying.verify(box, places).rows > 0


def test_a_disk_that_is_not_plugged_in_is_no_new_target(
    box: Settings, places: Places, small_disk: Path
) -> None:
    making.backup(box, places)
    subprocess.run(["umount", str(small_disk)], check=True)
    with pytest.raises(TargetGone, match="plugged in"):
        making.backup(box, places)
    assert list(small_disk.iterdir()) == []
