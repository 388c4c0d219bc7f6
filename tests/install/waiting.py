"""Until something is so: looked at again and again, given up after a long time."""

import time
from collections.abc import Callable
from typing import TypeVar

LIMIT = 180.0
"""Seconds: a busy machine is ten times slower."""

T = TypeVar("T")


def until(look: Callable[[], T], what: str) -> T:
    """What `look` gives once it is true."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError(f"not within {LIMIT:g} s: {what}")
