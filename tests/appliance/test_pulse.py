import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance import pulse
from appliance.checking import process_health
from appliance.home import Home
from tests.disks import fill


def test_a_process_that_beats_is_alive_with_its_state(home: Home) -> None:
    pulse.beat(home.root, "worker", {"jobs": 3})
    beat = pulse.read(home.root, "worker")
    assert beat.alive
    assert beat.state["jobs"] == 3
    assert process_health(home, "worker").ok


def test_a_process_that_never_ran_is_told_how_to_start(home: Home) -> None:
    health = process_health(home, "callbox")
    assert not health.ok
    assert "pressline up" in health.message


def test_a_process_that_is_gone_is_dead_at_once(home: Home) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    pulse.beat(home.root, "worker", {})
    file = home.root / "run" / "worker.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"pid": ended.pid}))
    assert not pulse.read(home.root, "worker").alive


def test_a_process_that_hangs_is_dead_after_a_while(home: Home) -> None:
    pulse.beat(home.root, "worker", {})
    file = home.root / "run" / "worker.json"
    old = {"pid": os.getpid(), "at": json.loads(file.read_text())["at"] - pulse.STALE - 1}
    file.write_text(json.dumps(old))
    beat = pulse.read(home.root, "worker")
    assert not beat.alive
    assert "last sign" in process_health(home, "worker").message


def test_a_broken_file_is_no_sign_of_life(home: Home) -> None:
    (home.root / "run" / "worker.json").write_text("{")
    assert not pulse.read(home.root, "worker").alive


def test_a_sign_from_the_future_is_none(home: Home) -> None:
    """The clock was put back since; a process that lives gives another one at once."""
    pulse.beat(home.root, "worker", {})
    file = home.root / "run" / "worker.json"
    later = {"pid": os.getpid(), "at": json.loads(file.read_text())["at"] + 3600}
    file.write_text(json.dumps(later))
    assert not pulse.read(home.root, "worker").alive


@pytest.mark.parametrize(("jobs", "told"), [("few", "few"), ("many" * 100, None)])
def test_a_full_disk_does_not_hide_that_a_process_lives(
    home: Home, small_disk: Path, jobs: str, told: str | None
) -> None:
    place = small_disk / "home"
    pulse.beat(place, "worker", {"jobs": "some"})
    fill(small_disk)
    at = json.loads((place / "run" / "worker.json").read_text())["at"]
    pulse.beat(place, "worker", {"jobs": jobs})
    beat = pulse.read(place, "worker")
    assert beat.alive
    assert beat.state.get("jobs") == told
    assert beat.state["at"] > at
