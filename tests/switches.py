"""Starts a switch for tests and benches: the real FreeSWITCH or the embedded softswitch.

Both are given the same `Plan` and offer the same few attributes, so that whatever drives one
drives the other.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.switch_config import freeswitch_xml, softswitch_toml
from tests.switch_plan import HOST, Address, Extension, Plan, SwitchFailed, is_taken

__all__ = ["Extension", "FreeSwitch", "Plan", "SoftSwitch", "Switch", "SwitchFailed"]

START_LIMIT = 120.0

FREESWITCH_FOLDERS = (
    "conf",
    "log",
    "run",
    "db",
    "recordings",
    "sounds",
    "storage",
    "cache",
    "grammar",
    "scripts",
    "certs",
    "htdocs",
)


class Switch:
    """A switch in a process of its own. `start` returns when it takes calls."""

    name = ""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sip: Address = (HOST, plan.sip_port)
        self.esl: Address = (HOST, plan.esl_port)
        self.password = plan.password
        self.socket_port = plan.socket_port
        self.recordings = plan.recordings
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises SwitchFailed, with the switch's own output, when it does not come up."""
        self.recordings.mkdir(parents=True, exist_ok=True)
        command = self._prepare()
        with self._output().open("wb") as output:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            self._wait_until(self.is_ready)
        except SwitchFailed:
            self.kill()
            raise

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def start_again(self) -> None:
        """Once it has ended, as systemd does. Raises SwitchFailed when it does not end."""
        if self.process is not None:
            try:
                self.process.wait(timeout=START_LIMIT)
            except subprocess.TimeoutExpired as error:
                raise SwitchFailed(f"{self.name} does not end") from error
        self.start()

    def is_ready(self) -> bool:
        """Logged in on the event socket, and the SIP port is taken."""
        try:
            with socket.create_connection(self.esl, timeout=2) as probe:
                probe.sendall(f"auth {self.password}\n\nexit\n\n".encode())
                reply = b"".join(iter(lambda: probe.recv(4096), b""))
        except OSError:
            return False
        return b"+OK accepted" in reply and is_taken(self.sip)

    def _prepare(self) -> list[str]:
        """Write the configuration; the command line."""
        raise NotImplementedError

    def _output(self) -> Path:
        return self.plan.home / f"{self.name}.output"

    def _wait_until(self, ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_LIMIT
        while not ready():
            if self.process is None or self.process.poll() is not None:
                raise SwitchFailed(f"{self.name} ended at its start: {self._last_words()}")
            if time.monotonic() > deadline:
                raise SwitchFailed(f"{self.name} takes no calls yet: {self._last_words()}")
            time.sleep(0.05)

    def _last_words(self) -> str:
        return self._output().read_text(errors="replace")[-2000:].strip() or "(it said nothing)"

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=20)
        self.process = None


class SoftSwitch(Switch):
    """The embedded switch, as `python -m softswitch --config FILE`."""

    name = "softswitch"

    def _prepare(self) -> list[str]:
        config = self.plan.home / "softswitch.toml"
        config.write_text(softswitch_toml(self.plan), encoding="utf-8")
        return [sys.executable, "-m", "softswitch", "--config", str(config)]


class FreeSwitch(Switch):
    """The real one, found by FREESWITCH_BIN or on the PATH."""

    name = "freeswitch"

    @staticmethod
    def program() -> str | None:
        return os.environ.get("FREESWITCH_BIN") or shutil.which("freeswitch")

    def _prepare(self) -> list[str]:
        program = self.program()
        if program is None:
            raise SwitchFailed("FreeSWITCH is not installed: set FREESWITCH_BIN or the PATH")
        home = self.plan.home
        (home / "conf").mkdir(parents=True, exist_ok=True)
        (home / "conf" / "freeswitch.xml").write_text(freeswitch_xml(self.plan), encoding="utf-8")
        modules = Path(program).resolve().parent.parent / "lib" / "freeswitch" / "mod"
        # Normal priority: real-time priority, its own choice, starves the tests on two cores.
        priority = [] if self.plan.real_time else ["-np"]
        command = [program, *priority, "-nonat", "-nf", "-nc"]
        command += ["-mod", str(modules), "-temp", str(home)]
        for folder in FREESWITCH_FOLDERS:
            (home / folder).mkdir(exist_ok=True)
            command += [f"-{folder}", str(home / folder)]
        return command
