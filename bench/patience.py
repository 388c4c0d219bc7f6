"""Waits for what a box does by itself."""

import time
from collections.abc import Callable

from .errors import NotMeasured

LOOK = 0.01
LIMIT = 300.0
"""Seconds; far more than any of it takes, for a machine that is busy."""


def wait_until(ready: Callable[[], object], what: str, limit: float = LIMIT) -> None:
    """Raises NotMeasured when it does not come to `what` within `limit` seconds."""
    deadline = time.monotonic() + limit
    while not ready():
        if time.monotonic() > deadline:
            raise NotMeasured(f"in {limit:.0f} s it did not come to this: {what}")
        time.sleep(LOOK)
