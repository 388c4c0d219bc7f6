"""Whoever watches an expert's hour is told how it stands, over the switch's bus."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import gevent

from lines.experts.conducting import Conductor

from ..live_news import LiveNews

HOUR = "pressline::hour"
WATCH_SECONDS = 30.0
"""For so long a watcher is told, until it asks again."""
GATHER = 0.2
"""Seconds in which changes are told together: many callers press keys at once."""

SendEvent = Callable[[str, Mapping[str, str], str], Any]


class HourNews:
    """Nobody watching costs nothing."""

    def __init__(self, send: SendEvent, live: LiveNews) -> None:
        """`live` is told which hour has changed, whether it is watched or not."""
        self._send = send
        self._live = live
        self._until: dict[int, float] = {}
        self._telling: set[int] = set()

    def watched(self, conductor: Conductor) -> None:
        self._until[conductor.session] = time.monotonic() + WATCH_SECONDS

    def changed(self, conductor: Conductor) -> None:
        """Never waits."""
        session = conductor.session
        self._live.changed("hours", session, lambda: {"session": session})
        if session in self._telling or time.monotonic() > self._until.get(session, 0.0):
            return
        self._telling.add(session)
        gevent.spawn_later(GATHER, self._tell, conductor)

    def _tell(self, conductor: Conductor) -> None:
        self._telling.discard(conductor.session)
        self._send(HOUR, {}, json.dumps(conductor.hour.view, ensure_ascii=True))
