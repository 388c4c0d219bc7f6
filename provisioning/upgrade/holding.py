"""One upgrade of a box at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import UpgradeRuns
from .layout import Layout


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """The kernel gives the lock up with the process. Raises `UpgradeRuns`, `OSError`."""
    with (layout.root / "upgrade.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UpgradeRuns("another upgrade of this box runs; wait until it is done") from error
        yield
