"""The worker process: huey's consumer. `python -m appliance.worker`."""

import sys

from . import logs, pulse
from .errors import ApplianceError


def main() -> None:
    logs.set_up()
    try:
        from . import jobs  # reads the settings
    except ApplianceError as error:
        sys.exit(f"pressline worker: {error}")
    pulse.keep_beating(jobs.home.root, "worker", dict)
    consumer = jobs.jobs.create_consumer(workers=1, worker_type="process", periodic=True)
    consumer.run()


if __name__ == "__main__":
    main()
