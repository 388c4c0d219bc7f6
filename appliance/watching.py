"""Whoever watches live calls is told each step, over the switch's event bus.

Nobody watching costs nothing: a watcher asks with `pressline::watch`, for a while.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import gevent
from gevent.queue import Full, Queue

WATCH = "pressline::watch"
"""Sent by a watcher: tell me of steps for the next `WATCH_SECONDS`."""
STEP = "pressline::step"
WATCH_SECONDS = 30.0
MOST_WAITING = 1000
"""News kept for sending; a watcher that cannot keep up misses some."""

SendEvent = Callable[[str, Mapping[str, str], str], Any]


class Watching:
    """Relays news of calls to the bus while somebody watches."""

    def __init__(self, send: SendEvent) -> None:
        self._send = send
        self._until = 0.0
        self._news: Queue[Mapping[str, Any]] = Queue(MOST_WAITING)
        self._relay = gevent.spawn(self._run)

    def asked(self) -> None:
        """Somebody watches."""
        self._until = time.monotonic() + WATCH_SECONDS

    @property
    def wanted(self) -> bool:
        return time.monotonic() < self._until

    def tell(self, news: Mapping[str, Any]) -> None:
        """Never waits."""
        try:
            self._news.put_nowait(news)
        except Full:
            return

    @property
    def waiting(self) -> int:
        """News not sent yet."""
        return self._news.qsize()

    def stop(self) -> None:
        self._relay.kill()

    def _run(self) -> None:
        while True:
            news = self._news.get()
            self._send(STEP, {}, json.dumps(news, ensure_ascii=True, default=str))
