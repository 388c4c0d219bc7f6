"""What the worker has done: counted by its forks in files of one folder, added up by the panel.

`prometheus_client`'s way for processes that fork; its files are written where they are mapped into
memory, for which a job may wait, and a call may not.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huey import Huey
from huey.signals import SIGNAL_COMPLETE, SIGNAL_ERROR, SIGNAL_EXECUTING
from prometheus_client import CollectorRegistry
from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
LONG = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 1800.0)


def folder_of(home: Path) -> Path:
    return home / "run" / "metrics" / "worker"


def count_jobs(home: Path, jobs: Huey) -> None:
    """Before any fork, in a process that has not counted anything yet: the library looks at the
    variable when it is loaded."""
    folder = folder_of(home)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[VARIABLE] = str(folder)
    from prometheus_client import values

    # Where somebody has loaded it before us.
    values.ValueClass = values.MultiProcessValue()  # type: ignore[no-untyped-call]
    _listen(jobs)


def _listen(jobs: Huey) -> None:
    from prometheus_client import Counter, Histogram

    registry = CollectorRegistry()
    done = Counter(
        "pressline_jobs_done", "Jobs that the worker ended.", ["job", "how"], registry=registry
    )
    took = Histogram(
        "pressline_job_seconds", "How long they took.", ["job"], registry=registry, buckets=LONG
    )
    began: dict[str, float] = {}

    def on_start(_: str, task: Any, *__: object) -> None:
        began.clear()  # one at a time: what is left here was broken off
        began[task.id] = time.monotonic()

    def on_end(signal: str, task: Any, *_: object) -> None:
        how = "done" if signal == SIGNAL_COMPLETE else "failed"
        done.labels(task.name, how).inc()
        took.labels(task.name).observe(time.monotonic() - began.pop(task.id, time.monotonic()))

    jobs.signal(SIGNAL_EXECUTING)(on_start)
    jobs.signal(SIGNAL_COMPLETE, SIGNAL_ERROR)(on_end)


def families(home: Path) -> Iterator[Metric]:
    folder = folder_of(home)
    if not folder.is_dir():
        return
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]
    yield from registry.collect()
