"""How many greenlets a process has: one that stays behind a call is a leak."""

import gc

from greenlet import greenlet


def count_greenlets() -> int:
    """Looks through all of memory: for benches, as calls wait meanwhile."""
    gc.collect()
    return sum(isinstance(found, greenlet) and not found.dead for found in gc.get_objects())
