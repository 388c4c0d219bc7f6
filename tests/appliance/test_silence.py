"""When a silent process hangs, and when its machine is only busy: by what the kernel counts."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest

from appliance.silence import Silence, Thread, threads_of
from tests.end_to_end.waiting import eventually

STEP = 0.25
PATIENCE = 2.0
ENOUGH = 12
"""Looks in which more than its patience has passed."""


class Machine:
    """A clock and a kernel that a test drives."""

    def __init__(self, *threads: Thread) -> None:
        self.now = 100.0
        self.threads: Mapping[int, Thread] = dict(enumerate(threads))
        self.silence = Silence(1, read=lambda _: self.threads, clock=lambda: self.now)

    def passes(self, step: float, *threads: Thread) -> bool:
        self.now += step
        self.threads = dict(enumerate(threads))
        return self.silence.is_longer_than(PATIENCE)


def ns(seconds: float) -> int:
    return int(seconds * 1e9)


def looks_until_hanging(machine: Machine, *lives: tuple[str, float, float]) -> int:
    """How many looks it takes; each thread is a state, and the shares of time that it ran and
    waited."""
    for look in range(1, 200):
        passed = look * STEP
        threads = [Thread(state, ns(ran * passed), ns(w * passed)) for state, ran, w in lives]
        if machine.passes(STEP, *threads):
            return look
    return 0


ASLEEP = Thread("S", 0, 0)


@pytest.mark.parametrize("state", ["T", "S"])
def test_a_process_that_is_stopped_or_waits_for_ever_hangs(state: str) -> None:
    assert looks_until_hanging(Machine(Thread(state, 0, 0)), (state, 0.0, 0.0)) == 9


def test_a_process_that_turns_in_a_circle_hangs() -> None:
    assert looks_until_hanging(Machine(Thread("R", 0, 0)), ("R", 1.0, 0.0)) == 9


def test_a_process_that_got_half_its_turns_is_given_more_time() -> None:
    assert looks_until_hanging(Machine(Thread("R", 0, 0)), ("R", 0.5, 0.5)) == 13


@pytest.mark.parametrize(
    "starving",
    [[("R", 0.0, 0.0)], [("S", 0.0, 0.0), ("R", 0.0, 0.0)], [("D", 0.0, 0.0)]],
    ids=["not let run at all", "another thread is not let run", "waits for a disk"],
)
def test_a_process_that_cannot_run_is_left_alone_for_long(
    starving: list[tuple[str, float, float]],
) -> None:
    machine = Machine(*[ASLEEP] * len(starving))
    assert looks_until_hanging(machine, *starving) == 81  # ten times its patience


def test_after_a_machine_slept_its_processes_have_not_hung() -> None:
    machine = Machine(ASLEEP)
    assert not machine.passes(1.5, ASLEEP)
    machine.silence.beat()
    assert not machine.passes(15.0, ASLEEP)  # of which half a second counts


def test_a_sign_of_life_ends_the_silence() -> None:
    machine = Machine(ASLEEP)
    for _ in range(5 * ENOUGH):
        machine.silence.beat()
        assert not machine.passes(STEP, ASLEEP)


def test_of_a_process_that_beats_nothing_is_read() -> None:
    reads: list[int] = []
    clock = Machine(ASLEEP)
    silence = Silence(1, read=lambda pid: reads.append(pid) or {}, clock=lambda: clock.now)
    for _ in range(5 * ENOUGH):
        clock.now += STEP
        assert not silence.is_longer_than(PATIENCE)
        silence.beat()
    assert not reads


@pytest.fixture
def sleeper() -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    yield process
    process.kill()
    process.wait()


def test_the_kernel_tells_of_a_stopped_process(sleeper: "subprocess.Popen[bytes]") -> None:
    sleeper.send_signal(signal.SIGSTOP)
    eventually(
        lambda: {thread.state for thread in threads_of(sleeper.pid).values()} == {"T"},
        "it is seen to be stopped",
    )


def test_of_a_process_that_is_gone_nothing_is_told(sleeper: "subprocess.Popen[bytes]") -> None:
    sleeper.kill()
    sleeper.wait()
    assert threads_of(sleeper.pid) == {}
