"""CPU time and memory of a process and its children."""

import psutil


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


def resident_megabytes(pid: int) -> float:
    return float(psutil.Process(pid).memory_info().rss) / 1e6
