"""One page that is open in a browser, and the news that wait for it."""

from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, Full, Queue

MOST_WAITING = 100
"""News kept for a browser that reads slowly; then it is told to look for itself."""
MISSED = b"event: reload\ndata: {}\n\n"


class Follower:
    def __init__(self, user: str, topics: frozenset[str]) -> None:
        self.user = user
        self.topics = topics
        self._news: Queue[bytes] = Queue(MOST_WAITING)
        self._missed = False

    def tell(self, news: bytes) -> None:
        """Never waits: of too much the oldest is dropped."""
        try:
            self._news.put_nowait(news)
        except Full:
            self._missed = True
            with suppress(Empty):
                self._news.get_nowait()
            self.tell(news)

    def next(self, seconds: float) -> bytes:
        """All that there is to tell; nothing when nothing came for so long."""
        try:
            first = self._news.get(timeout=seconds)
        except Empty:
            return b""
        missed, self._missed = self._missed, False
        return b"".join([MISSED if missed else b"", first, *self._waiting()])

    def _waiting(self) -> Iterator[bytes]:
        with suppress(Empty):
            while True:
                yield self._news.get_nowait()
