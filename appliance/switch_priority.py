"""Whether the switch gets its turns in time."""

import os
from collections.abc import Iterator

import psutil

from .finding import Finding
from .home import Home
from .metrics.process_figures import processes

LOW = (
    "the switch runs at the lowest priority, and callers hear it. In a container FreeSWITCH needs "
    "the capabilities CAP_SYS_RESOURCE and CAP_SYS_NICE (docs/freeswitch.md)"
)


def examine_priority(home: Home) -> Iterator[Finding]:
    """Nothing where no switch runs."""
    switches = [process for name, process in processes(home.root) if name == "switch"]
    if switches:
        low = any(is_low(process) for process in switches)
        yield Finding("switch priority", not low, LOW if low else "the switch has its turns")


def is_low(process: psutil.Process) -> bool:
    """FreeSWITCH's child in the background takes the lowest (switch_fork, switch_core.c), and real
    time after it, if it may; that leaves the number as it was."""
    try:
        real_time = os.sched_getscheduler(process.pid) != os.SCHED_OTHER
        return not real_time and bool(process.nice() > 0)
    except (psutil.Error, OSError):
        return False  # gone meanwhile
