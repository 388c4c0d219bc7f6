"""A FreeSWITCH that hangs is killed; one that answers, starts, or is none is left alone."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.switch_guard import SwitchGuard, running
from tests.end_to_end.waiting import eventually

WAITS = "import signal; print('ready', flush=True); signal.pause()"


class Answering:
    def __init__(self) -> None:
        self.well = True

    def __call__(self) -> bool:
        return self.well


@pytest.fixture
def process(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", WAITS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        started.stdout.readline()
        (tmp_path / "pid").write_text(f"{started.pid}\n")
        yield started
        started.kill()


def test_one_that_answered_and_then_hangs_is_killed(
    process: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    answers = Answering()
    guard = SwitchGuard(tmp_path / "pid", answers)
    assert guard.look() == 0
    answers.well = False
    process.send_signal(signal.SIGSTOP)
    assert eventually(guard.look, "it is killed", 60) == process.pid
    assert process.wait(30) == -signal.SIGKILL
    assert guard.look() == 0


def test_one_that_only_starts_is_given_longer(
    process: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    answers = Answering()
    answers.well = False
    slow, quick = SwitchGuard(tmp_path / "pid", answers), SwitchGuard(tmp_path / "pid", answers)
    answers.well = True
    quick.look()
    answers.well = False
    killed: list[int] = []

    def both() -> bool:
        killed.append(slow.look())
        return bool(quick.look())

    eventually(both, "the one that had answered is killed", 60)
    assert not any(killed)


@pytest.mark.parametrize("content", ["", "x", "0", "-1", "1", "999999999", "9" * 30, None])
def test_without_a_process_there_is_nothing_to_kill(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "pid").write_text(content)
    assert running(tmp_path / "pid") == 0
    assert SwitchGuard(tmp_path / "pid", lambda: False).look() == 0


def test_a_file_that_it_may_not_read_is_no_switch_that_is_away(
    process: "subprocess.Popen[str]", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FreeSWITCH makes its file for itself alone."""

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError("for others")

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(PermissionError):
        SwitchGuard(tmp_path / "pid", Answering()).look()
