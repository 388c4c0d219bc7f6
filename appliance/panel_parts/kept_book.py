"""The book, as the panel reads it: from a native thread, and not anew for every key."""

import time

from store import database

from ..book import Book, load_book
from ..threads import in_pool

KEPT = 3.0
"""Seconds: somebody who keys a number waits for one reading, and what was just published is seen
soon."""


class KeptBook:
    def __init__(self) -> None:
        self._book = Book.empty()
        self._until = 0.0

    def read(self) -> Book:
        """Blocks its own greenlet. Raises `StoreError`."""
        if time.monotonic() >= self._until:
            self._book = in_pool(_read)
            self._until = time.monotonic() + KEPT
        return self._book


def _read() -> Book:
    try:
        return load_book()
    finally:
        database.disconnect()
