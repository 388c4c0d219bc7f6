"""A supervisor hears its processes' signs of life, and ends a silence."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from appliance import watchdog
from appliance.supervisor import Program, Supervisor
from tests.appliance.terminal import Terminal

PATIENCE = 1.0
BEATING = """
import time
from softswitch.service import ALIVE, READY, beat_every, tell
tell(READY)
print('ready', flush=True)
while True:
    tell(ALIVE)
    time.sleep(beat_every())
"""
SILENT = """
import signal
from softswitch.service import READY, tell
tell(READY)
print('ready', flush=True)
signal.pause()
"""
STOPPING = """
import signal
from softswitch.service import READY, STOPPING, tell
tell(READY)
tell(STOPPING)
print('ready', flush=True)
signal.pause()
"""
STRANGER = """
import os, subprocess, sys, signal
code = "import sys; from softswitch.service import *; [tell(ALIVE) for _ in sys.stdin]"
child = subprocess.Popen([sys.executable, '-c', code], stdin=subprocess.PIPE)
from softswitch.service import READY, tell
tell(READY)
print('ready', flush=True)
while True:
    child.stdin.write(b'.\\n')
    child.stdin.flush()
    signal.sigtimedwait([], 0.1)
"""


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


class Runner:
    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._started: list[Supervisor] = []

    def run(self, source: str, **given: object) -> Supervisor:
        program = Program("one", [sys.executable, "-c", source], PATIENCE)
        supervisor = Supervisor([replace(program, **given)], os.environ, out=self._terminal)
        self._started.append(supervisor)
        supervisor.start()
        return supervisor

    def stop(self) -> None:
        for supervisor in self._started:
            supervisor.stop()


@pytest.fixture
def runner(terminal: Terminal) -> Iterator[Runner]:
    if not watchdog.is_possible():
        pytest.skip("only Linux tells who has sent a word")
    made = Runner(terminal)
    yield made
    made.stop()


KILLED = "gave no sign of life for 1 s and was killed"


def test_a_process_that_is_frozen_is_killed_and_started_anew(
    runner: Runner, terminal: Terminal
) -> None:
    supervisor = runner.run(BEATING)
    terminal.wait_for(lambda t: "ready" in t)
    os.kill(supervisor.pids["one"], signal.SIGSTOP)
    text = terminal.wait_for(lambda t: t.count("one │ ready") == 2)
    assert KILLED in text
    assert "ended (killed by SIGKILL); again in" in text


def test_a_process_that_falls_silent_is_killed(runner: Runner, terminal: Terminal) -> None:
    runner.run(SILENT)
    terminal.wait_for(lambda t: KILLED in t)


def test_the_word_of_another_process_does_not_count(runner: Runner, terminal: Terminal) -> None:
    runner.run(STRANGER)
    terminal.wait_for(lambda t: KILLED in t)


@pytest.mark.parametrize("source", [BEATING, STOPPING], ids=["beats", "stops"])
def test_who_beats_or_has_begun_to_stop_is_left_alone(
    runner: Runner, terminal: Terminal, source: str
) -> None:
    supervisor = runner.run(source)
    terminal.wait_for(lambda t: "ready" in t)
    pid = supervisor.pids["one"]
    # Beside it another one is killed, from the same moment on: so its time had come.
    runner.run(SILENT)
    terminal.wait_for(lambda t: KILLED in t)
    assert supervisor.pids["one"] == pid


def test_each_end_of_a_process_that_was_not_told_to_end_is_told(
    runner: Runner, terminal: Terminal
) -> None:
    told = threading.Semaphore(0)
    supervisor = runner.run(BEATING, when_ended=told.release)
    terminal.wait_for(lambda t: "ready" in t)
    os.kill(supervisor.pids["one"], signal.SIGKILL)
    assert told.acquire(timeout=60)
    terminal.wait_for(lambda t: t.count("one │ ready") == 2)
    supervisor.stop()
    assert not told.acquire(blocking=False)
