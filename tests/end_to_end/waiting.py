"""Waits for what must come, and says what did not."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

POLL = 0.1
LIMIT = 40.0
"""Seconds; far more than a healthy box needs, for a machine that is busy."""


def eventually(look: Callable[[], T | None], what: str, limit: float = LIMIT) -> T:
    """The first true thing that `look` finds. Raises AssertionError after the limit."""
    deadline = time.monotonic() + limit
    while not (found := look()):
        assert time.monotonic() < deadline, f"in {limit:g} s it did not come to this: {what}"
        time.sleep(POLL)
    return found
