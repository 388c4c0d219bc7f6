"""The switch as a process: it says when it listens, what is in its way, and it ends when told."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CONFIG = """
[sip]
port = {sip}
[event_socket]
port = {esl}
password = "secret"
"""


def started(folder: Path, sip: int = 0, esl: int = 0) -> "subprocess.Popen[str]":
    file = folder / "switch.toml"
    file.write_text(CONFIG.format(sip=sip, esl=esl))
    return subprocess.Popen(
        [sys.executable, "-m", "softswitch", "--config", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def switch(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    process = started(tmp_path)
    yield process
    process.kill()
    process.communicate()


def line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_it_says_where_it_listens(switch: "subprocess.Popen[str]") -> None:
    assert line_of(switch).startswith("softswitch: SIP on 127.0.0.1:")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told(switch: "subprocess.Popen[str]", number: int) -> None:
    line_of(switch)
    switch.send_signal(number)
    _, errors = switch.communicate(timeout=20)
    assert switch.returncode == 0
    assert "Traceback" not in errors


def test_a_taken_sip_port_is_told_in_a_line(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        process = started(tmp_path, sip=taken.getsockname()[1])
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "SIP cannot listen" in errors
    assert "Traceback" not in errors


def test_a_taken_event_socket_port_is_told_in_a_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = started(tmp_path, esl=taken.getsockname()[1])
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 1
    assert "is in use by another program" in errors
    assert "Traceback" not in errors


def test_a_wrong_setting_is_told_in_a_line(tmp_path: Path) -> None:
    file = tmp_path / "switch.toml"
    file.write_text("[sip]\nport = 'x'")
    command = [sys.executable, "-m", "softswitch", "--config", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("softswitch: ")
    assert "Traceback" not in done.stderr
