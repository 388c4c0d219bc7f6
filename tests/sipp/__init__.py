"""Runs SIPp, an independent SIP phone, with the scenarios beside this file."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.switch_plan import HOST, Address, is_taken

SCENARIOS = Path(__file__).parent
LIMIT = 120.0
"""Longest run, in seconds."""


@dataclass(frozen=True, slots=True)
class Report:
    """What SIPp counted."""

    successful: int
    failed: int
    output: str


def need_sipp(*, keys: bool = False) -> str:
    """SIPp's path; skips the test where it is not installed, or cannot send keys."""
    program = shutil.which("sipp")
    if program is None:
        pytest.skip("sipp is not installed (Debian: sip-tester)")
    if keys and os.geteuid() != 0:
        pytest.skip("sipp needs root to send keys: it writes them to a raw socket")
    return program


def place_calls(
    scenario: str,
    switch: Address,
    number: str,
    folder: Path,
    *,
    calls: int = 1,
    rate: int = 10,
    users: str = "",
) -> Report:
    """Run a calling scenario to its end. `users` is an injection file's text."""
    options = ["-s", number, "-m", str(calls), "-r", str(rate), "-l", str(calls)]
    options += ["-p", str(free_port())]
    if users:
        table = folder / f"{scenario}.csv"
        table.write_text(users, encoding="utf-8")
        options += ["-inf", str(table)]
    target = f"{switch[0]}:{switch[1]}"
    process, output = _start(scenario, [target, *options], folder)
    return _report(process, output)


class Callee:
    """A phone that is called: runs a called scenario until closed."""

    def __init__(self, scenario: str, folder: Path, *, calls: int = 1) -> None:
        self.port = free_port()
        options = ["-m", str(calls), "-p", str(self.port)]
        self.process, self.output = _start(scenario, options, folder)
        self._wait_until_it_listens()

    @property
    def address(self) -> str:
        return f"sofia/internal/2000@{HOST}:{self.port}"

    def report(self) -> Report:
        """Wait for its calls to end."""
        return _report(self.process, self.output)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(timeout=10)

    def _wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + 10
        while not is_taken((HOST, self.port)):
            assert time.monotonic() < deadline, "sipp does not listen"
            time.sleep(0.02)


def _start(
    scenario: str, options: list[str], folder: Path
) -> tuple["subprocess.Popen[bytes]", Path]:
    output = folder / f"{scenario}-{time.monotonic_ns()}.output"
    command = [need_sipp(), *options, "-sf", str(SCENARIOS / f"{scenario}.xml"), "-i", HOST]
    command += ["-mi", HOST, "-mp", str(free_port()), "-nostdin", "-trace_err"]
    command += ["-error_file", str(output.with_suffix(".errors")), "-timeout", "90s"]
    with output.open("wb") as sink:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT
        )
    return process, output


def _report(process: "subprocess.Popen[bytes]", output: Path) -> Report:
    try:
        process.wait(timeout=LIMIT)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(timeout=10)
    text = output.read_text(errors="replace")
    errors = output.with_suffix(".errors")
    if errors.exists():
        text += errors.read_text(errors="replace")[:4000]
    return Report(_counted(text, "Successful call"), _counted(text, "Failed call"), text)


def _counted(text: str, name: str) -> int:
    """The last cumulative figure of that name on SIPp's screens; -1 when there is none."""
    lines = [line for line in text.splitlines() if line.strip().startswith(name)]
    return int(lines[-1].split("|")[-1]) if lines else -1
