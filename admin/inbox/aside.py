"""Work that takes a while, done beside the panel's loop: the other pages go on."""

from collections.abc import Callable
from typing import TypeVar

import gevent

from store.database import disconnect

T = TypeVar("T")


def aside(work: Callable[[], T]) -> T:
    """Waits for it, this request alone. Raises what `work` raises."""

    def run() -> T:
        try:
            return work()
        finally:
            disconnect()  # a thread's own connection

    found: T = gevent.get_hub().threadpool.apply(run)
    return found
