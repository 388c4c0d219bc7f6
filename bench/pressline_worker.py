"""Pressline's worker as it ships, in a process of its own, at the home of a box."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .controllers import started

WORKERS = 2
"""The usual number, and one for each core of the machine that the targets are for."""


def environment(home: Path, **settings: object) -> Mapping[str, str]:
    """Of a box that has nothing else of this machine's settings; `settings` by their names."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PRESSLINE_")}
    given = {"home": home, "workers": WORKERS, **settings}
    return clean | {f"PRESSLINE_{name.upper()}": str(value) for name, value in given.items()}


@contextmanager
def pressline_worker(home: Path, **settings: object) -> Iterator[int]:
    """The process id of the worker, which looks at once for work that waits in the store."""
    command = [sys.executable, "-m", "appliance.worker"]
    with started(command, environment(home, **settings)) as process:
        yield process.pid
