"""Starts the box's processes in one terminal, restarts what dies, and stops all cleanly."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import IO

from . import watchdog
from .log_lines import Form, labelled
from .watchdog import Watchdog

FIRST_RESTART_AFTER = 0.2
LONGEST_RESTART_AFTER = 10.0
STEADY_AFTER = 30.0
"""Seconds a process must live for its next restart to be quick again."""
STOP_WITHIN = 10.0
"""Seconds a process has to stop by itself before it is killed."""
LAST_WORDS_WITHIN = 1.0
"""Seconds for what a stopped process has written to be shown; others may hold its pipe open."""
PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that the kernel sends when the parent dies (Linux only)."""
COLOURS = {"switch": 36, "callbox": 32, "panel": 35, "worker": 33}


@dataclass(frozen=True, slots=True)
class Program:
    """One process of the box."""

    name: str
    command: Sequence[str]
    patience: float = 0.0
    """Seconds without a sign of life after which it hangs and is killed; 0: it gives none."""
    when_ended: Callable[[], object] = lambda: None
    """Done in a thread each time that it has ended without having been told to."""


class Supervisor:
    """Runs programs in order; stops them in the reverse order."""

    def __init__(
        self,
        programs: Sequence[Program],
        environment: Mapping[str, str],
        *,
        out: IO[str] = sys.stdout,
        form: Form = labelled,
    ) -> None:
        self._keepers = [_Keeper(program, environment, self._print) for program in programs]
        self._out = out
        self._form = form
        self._printing = threading.Lock()
        self._stop = threading.Event()

    def start(self) -> None:
        for keeper in self._keepers:
            keeper.start()

    def wait(self) -> None:
        """Return when SIGINT or SIGTERM has come, everything being stopped."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())
        self._stop.wait()
        self.stop()

    def stop(self) -> None:
        for keeper in reversed(self._keepers):
            keeper.stop()

    @property
    def pids(self) -> dict[str, int]:
        return {keeper.program.name: keeper.pid for keeper in self._keepers}

    @property
    def restarts(self) -> dict[str, int]:
        """How often each was started anew."""
        return {keeper.program.name: keeper.restarts for keeper in self._keepers}

    def _print(self, name: str, line: str) -> None:
        shown = self._form(name, line.rstrip("\n"))
        if self._out.isatty():
            label, bar, rest = shown.partition("│ ")
            shown = f"\x1b[{COLOURS.get(name, 37)}m{label}{bar}\x1b[0m{rest}" if bar else shown
        # A terminal that is gone or a log on a full disk: still somebody must read what they say.
        with self._printing, suppress(OSError):
            self._out.write(shown + "\n")
            self._out.flush()


class _Keeper:
    """Keeps one program running."""

    def __init__(
        self, program: Program, environment: Mapping[str, str], tell: Callable[[str, str], None]
    ) -> None:
        self.program = program
        self.restarts = 0
        self._environment = environment
        self._tell = tell
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=program.name, daemon=True)
        self._process: subprocess.Popen[str] | None = None
        self._started = threading.Event()
        self._watchdog: Watchdog | None = None
        if program.patience and watchdog.is_possible():
            self._watchdog = Watchdog(program.patience, partial(tell, program.name))

    def start(self) -> None:
        self._thread.start()
        self._started.wait()

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def stop(self) -> None:
        self._stopping.set()
        process = self._process
        if process and process.poll() is None:
            process.terminate()
        self._thread.join(STOP_WITHIN)
        if self._thread.is_alive() and process:
            self._tell(self.program.name, f"did not stop in {STOP_WITHIN:g} s and was killed")
            process.kill()
            self._thread.join()

    def _keep(self) -> None:
        pause = FIRST_RESTART_AFTER
        while not self._stopping.is_set():
            began = time.monotonic()
            code = self._run_once()
            if self._stopping.is_set():
                return
            pause = (
                FIRST_RESTART_AFTER
                if time.monotonic() - began > STEADY_AFTER
                else min(pause * 2, LONGEST_RESTART_AFTER)
            )
            self._tell(self.program.name, f"ended ({_ending(code)}); again in {pause:g} s")
            threading.Thread(target=self.program.when_ended, daemon=True).start()
            self._stopping.wait(pause)
            self.restarts += 1

    def _run_once(self) -> int:
        process = subprocess.Popen(
            self.program.command,
            env={**self._environment, **(self._watchdog.environment if self._watchdog else {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops in order
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )
        self._process = process
        self._started.set()
        if self._stopping.is_set():  # `stop` may have looked before this process was there
            process.terminate()
        # A thread of its own: grandchildren may hold the pipe open after the process is gone.
        relaying = threading.Thread(target=self._relay, args=(process.stdout,), daemon=True)
        relaying.start()
        if self._watchdog:
            threading.Thread(target=self._watchdog.watch, args=(process,), daemon=True).start()
        code = process.wait()
        if self._stopping.is_set():
            relaying.join(LAST_WORDS_WITHIN)
        return code

    def _relay(self, output: IO[str]) -> None:
        for line in output:
            self._tell(self.program.name, line)


def die_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Have the kernel end this process when the thread that started it is gone (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() == 1:
        os.kill(os.getpid(), number)


def _ending(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"status {code}"
