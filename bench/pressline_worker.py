"""Pressline's worker as it ships, in a process of its own, at the home of a box."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .box_home import environment
from .controllers import started


@contextmanager
def pressline_worker(home: Path, **settings: object) -> Iterator[int]:
    """The process id of the worker, which looks at once for work that waits in the store."""
    command = [sys.executable, "-m", "appliance.worker"]
    with started(command, environment(home, **settings)) as process:
        yield process.pid
