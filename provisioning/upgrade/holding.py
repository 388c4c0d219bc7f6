"""One upgrade of a box at a time."""

from contextlib import AbstractContextManager

from store import holding

from .errors import UpgradeRuns
from .layout import Layout


def alone(layout: Layout) -> AbstractContextManager[None]:
    """Raises `UpgradeRuns`, `OSError`."""
    other = UpgradeRuns("another upgrade of this box runs; wait until it is done")
    return holding.alone(layout.root / "upgrade.lock", other)
