"""CPU time of a process and its children."""

import time

import psutil

BUSY = 0.05
"""Of a core: a process that uses less has nothing more to do."""
IDLE_LIMIT = 60.0


class CpuMeter:
    """What a process and its children have used since the meter was made."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._before = self._used()

    def seconds(self) -> float:
        return self._used() - self._before

    def _used(self) -> float:
        family = [self._process, *self._process.children(recursive=True)]
        return sum(_own_seconds(member) for member in family)


def _own_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def wait_until_idle(pid: int) -> None:
    """Until the process has finished its start, so that this is not counted as work on calls.

    Goes on after a minute in any case: what it measures then says so by its size.
    """
    deadline = time.monotonic() + IDLE_LIMIT
    while time.monotonic() < deadline:
        meter = CpuMeter(pid)
        time.sleep(1.0)
        if meter.seconds() < BUSY:
            return
