"""The supervisor runs real processes here."""

import os
import signal
import sys
from collections.abc import Callable, Iterator

import pytest

from appliance.supervisor import Program, Supervisor
from tests.appliance.terminal import Terminal

STAYS = "import signal, sys; print('ready', flush=True); signal.pause()"
LASTING = "\n".join(
    [
        "import signal",
        "signal.signal(signal.SIGTERM, lambda *_: (print('bye', flush=True), exit(0)))",
        "print('ready', flush=True)",
        "while True: signal.pause()",
    ]
)


LAST_WORDS = 3000
TALKING = "\n".join(
    [
        "import signal",
        f"last = '\\n'.join(f'word {{n}}' for n in range({LAST_WORDS}))",
        "signal.signal(signal.SIGTERM, lambda *_: (print(last, flush=True), exit(0)))",
        "print('ready', flush=True)",
        "while True: signal.pause()",
    ]
)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@pytest.fixture
def run(terminal: Terminal) -> Iterator[Callable[[str], Supervisor]]:
    started = []

    def start(source: str) -> Supervisor:
        programs = [Program(name, [sys.executable, "-c", source]) for name in ("one", "two")]
        supervisor = Supervisor(programs, os.environ, out=terminal)
        started.append(supervisor)
        supervisor.start()
        return supervisor

    yield start
    for supervisor in started:
        supervisor.stop()


def test_output_is_shown_with_the_name_of_its_process(
    run: Callable[[str], Supervisor], terminal: Terminal
) -> None:
    run(STAYS)
    text = terminal.wait_for(lambda t: t.count("ready") == 2)
    assert "     one │ ready\n" in text
    assert "     two │ ready\n" in text


def test_a_killed_process_comes_back_and_the_other_is_left_alone(
    run: Callable[[str], Supervisor], terminal: Terminal
) -> None:
    supervisor = run(STAYS)
    terminal.wait_for(lambda t: t.count("ready") == 2)
    before = supervisor.pids
    os.kill(before["one"], signal.SIGKILL)
    text = terminal.wait_for(lambda t: t.count("one │ ready") == 2)
    assert "one │ ended (killed by SIGKILL); again in" in text
    assert supervisor.pids["two"] == before["two"]


def test_stopping_lets_each_process_end_by_itself_last_started_first(
    run: Callable[[str], Supervisor], terminal: Terminal
) -> None:
    supervisor = run(LASTING)
    terminal.wait_for(lambda t: t.count("ready") == 2)
    supervisor.stop()
    text = terminal.wait_for(lambda t: t.count("bye") == 2)
    assert text.index("two │ bye") < text.index("one │ bye")
    assert "ended" not in text


def test_what_a_process_says_last_is_shown_before_the_stop_is_over(
    run: Callable[[str], Supervisor], terminal: Terminal
) -> None:
    supervisor = run(TALKING)
    terminal.wait_for(lambda t: t.count("ready") == 2)
    supervisor.stop()
    assert terminal.getvalue().count("word ") == 2 * LAST_WORDS
