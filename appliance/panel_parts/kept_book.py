"""The book, as the panel's pages see it: not read anew for every key."""

import time
from collections.abc import Callable

from ..book import Book

KEPT = 3.0
"""Seconds: somebody who keys a number waits for one reading, and what was just published is seen
soon."""


class KeptBook:
    def __init__(self, read: Callable[[], Book]) -> None:
        self._read = read
        self._book = Book.empty()
        self._until = 0.0

    def read(self) -> Book:
        """Raises what reading raises, as `StoreError`."""
        if time.monotonic() >= self._until:
            self._book = self._read()
            self._until = time.monotonic() + KEPT
        return self._book
