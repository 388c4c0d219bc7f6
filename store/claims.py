"""Who has a job of the store: a claim that dies with its process.

Several worker processes share one life, that of the consumer that forked them. Each of them may
be killed alone (by the kernel, for its memory), hence a claim names the process as well.
"""

import os
from pathlib import Path

from store.this_box import is_of_another_box

LONGEST_LIFE = 30


def own_claim(worker_life: str) -> str:
    """What this process writes beside a job that it takes."""
    pid = os.getpid()
    return f"{worker_life[:LONGEST_LIFE]} {pid} {_started(pid)}"


def is_free(claim: str, worker_life: str) -> bool:
    """Whether a job with `claim` may be taken: whoever had it is gone, or it is ours.

    A process does one job at a time: what it had before, and asks for again, it gave up.
    """
    if is_of_another_box(claim, worker_life):
        return False
    process = claim.rpartition(" ")[0].rpartition(" ")[2]
    if not _is_of(claim, worker_life) or not process.isdigit():
        return True
    return claim == own_claim(worker_life) or claim.rpartition(" ")[2] != _started(int(process))


def next_attempt(attempts: int, claim: str, worker_life: str) -> int:
    """The number of the attempt that begins at a job with `claim`.

    One that ended with the whole worker does not count. Only a process that dies alone may have
    died of its job.
    """
    ended_with_worker = bool(claim) and not _is_of(claim, worker_life)
    return attempts if ended_with_worker else attempts + 1


def _is_of(claim: str, worker_life: str) -> bool:
    life = claim.rpartition(" ")[0].rpartition(" ")[0]
    return life == worker_life[:LONGEST_LIFE]


def _started(pid: int) -> str:
    """When a process started, in the kernel's ticks; empty when there is none (any more).

    A killed process whose parent has not asked for it yet (`Z`) does nothing more.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # proc(5): the name in parentheses may hold spaces; the state follows it, the start is no. 22.
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]
