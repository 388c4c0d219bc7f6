"""The worker process: huey's consumer. `python -m appliance.worker`."""

import gc
import os
import signal
import sys
from functools import partial
from importlib import import_module

from huey.consumer import Consumer

from . import lifeline, logs, pulse
from .errors import ApplianceError
from .job_logs import bind_jobs
from .metrics.worker_figures import count_jobs
from .supervisor import die_with_parent

NICE = 10
"""Calls come before transcripts: the worker takes what processor time they leave."""

IDLE_LOOK = 0.5
"""Seconds between looks into the queue of a worker that has nothing to do (huey: 10)."""


FOR_JOBS = (
    "appliance.book",
    "appliance.embedded",
    "appliance.meeting_post",
    "appliance.messaging",
    "appliance.piece_publishing",
    "appliance.piece_sounds",
    "appliance.speech",
    "appliance.steps",
    "appliance.switch_state",
    "ivr_flows.loader",
    "ivr_flows.texts",
)
"""What jobs import when they run, beyond `rounds`."""


class BeatingConsumer(Consumer):  # type: ignore[misc]  # untyped base
    """Gives its signs of life from the main thread, which looks after the worker processes."""

    def loop(self, health_check_ts: float | None = None) -> float:
        lifeline.alive()
        checked: float = super().loop(health_check_ts)
        return checked


def load_for_all() -> None:
    """Before the worker forks: what is loaded now its forks have in common.

    Left out of collections (gc.freeze), as these would write to it, which makes it a copy.
    """
    for name in FOR_JOBS:
        import_module(name)
    gc.collect()
    gc.freeze()


def main() -> None:
    logs.set_up()
    try:
        from . import jobs, rounds  # noqa: F401  # read the settings
    except ApplianceError as error:
        sys.exit(f"pressline worker: {error}")
    pulse.keep_beating(jobs.home.root, "worker", dict)
    count_jobs(jobs.home.root, jobs.jobs)
    bind_jobs(jobs.jobs)
    # huey's workers and its scheduler are forks, and idle they let SIGTERM pass (huey/consumer.py).
    os.register_at_fork(after_in_child=partial(die_with_parent, signal.SIGKILL))
    os.nice(NICE)
    consumer = BeatingConsumer(
        jobs.jobs,
        workers=jobs.settings.workers,
        worker_type="process",
        periodic=True,
        max_delay=IDLE_LOOK,
    )
    load_for_all()
    lifeline.ready()
    consumer.run()


if __name__ == "__main__":
    main()
