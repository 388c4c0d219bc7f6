"""What happens just now, told to the panel over the switch's bus while somebody looks.

The panel asks with `pressline::follow` for some topics, for a while; each piece of news says only
what has changed, so that its pages know what to ask for.
"""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import gevent
import structlog
from gevent.event import Event as Flag

log = structlog.get_logger()

FOLLOW = "pressline::follow"
"""Sent by the panel, with a list of topics: tell me of them for the next `FOLLOW_SECONDS`."""
NEWS = "pressline::news"
FOLLOW_SECONDS = 30.0
APART = 0.5
"""Seconds between two pieces of news of one thing: pages are read by people."""

SendEvent = Callable[[str, Mapping[str, str], str], Any]
Make = Callable[[], Mapping[str, Any]]


class LiveNews:
    """Nobody looking costs nothing."""

    def __init__(self, send: SendEvent) -> None:
        self._send = send
        self._until: dict[str, float] = {}
        self._changed: dict[tuple[str, object], Make] = {}
        self._first: dict[str, Make] = {}
        self._flag = Flag()
        self._relay = gevent.spawn(self._run)

    def on_follow(self, topic: str, make: Make) -> None:
        """What whoever begins to look is told first."""
        self._first[topic] = make

    def followed(self, body: str) -> None:
        """The panel asks."""
        try:
            topics = [str(topic) for topic in json.loads(body)][:10]
        except (ValueError, TypeError) as error:
            log.warning("a wish for news cannot be read", reason=str(error))
            return
        for topic in topics:
            self._until[topic] = time.monotonic() + FOLLOW_SECONDS
            if topic in self._first:
                self.changed(topic, "", self._first[topic])

    def changed(self, topic: str, thing: object, make: Make) -> None:
        """Something is different; `make` says what when it is told. Never waits."""
        if time.monotonic() < self._until.get(topic, 0.0):
            self._changed[topic, thing] = make
            self._flag.set()

    def stop(self) -> None:
        self._relay.kill()

    def _run(self) -> None:
        while True:
            self._flag.wait()
            self._flag.clear()
            changed, self._changed = self._changed, {}
            for (topic, _), make in changed.items():
                self._tell(topic, make)
            gevent.sleep(APART)

    def _tell(self, topic: str, make: Make) -> None:
        try:
            self._send(NEWS, {}, json.dumps({"topic": topic, "data": make()}, default=str))
        except Exception:  # the top of a task: one odd piece must not end all news
            log.exception("a piece of news is not told", topic=topic)
