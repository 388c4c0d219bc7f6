"""`pressline doctor` tells of a FreeSWITCH that does not get its turns."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from appliance.home import Home
from appliance.switch_priority import examine_priority, is_low
from tests.end_to_end.waiting import eventually


@pytest.fixture
def lowest(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process of the lowest priority that is called FreeSWITCH."""
    program = shutil.copy(shutil.which("sleep") or "", tmp_path / "freeswitch")
    with subprocess.Popen(["nice", "-n", "19", program, "300"]) as process:
        eventually(lambda: psutil.Process(process.pid).name() == "freeswitch", "it is called so")
        yield process
        process.kill()


def test_one_at_the_lowest_priority_is_told_of(
    lowest: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    [finding] = examine_priority(Home(tmp_path / "home"))
    assert not finding.ok
    assert "CAP_SYS_RESOURCE" in finding.message


def test_one_with_real_time_is_well_whatever_its_number_says(
    lowest: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    process = psutil.Process(lowest.pid)
    assert is_low(process)
    monkeypatch.setattr(os, "sched_getscheduler", lambda _: os.SCHED_FIFO)
    assert not is_low(process)


def test_one_that_is_gone_is_nobodys_business(lowest: "subprocess.Popen[bytes]") -> None:
    process = psutil.Process(lowest.pid)
    lowest.kill()
    lowest.wait()
    assert not is_low(process)
