"""How late the call's loop is: what waits in it is heard late by every caller."""

import time
from collections.abc import Iterator

import gevent
from prometheus_client.core import GaugeMetricFamily, Metric

EVERY = 0.1
"""Seconds between two looks."""


class LoopWatch:
    """Looks from within the loop, and is read from another thread, also when the loop hangs."""

    def __init__(self) -> None:
        self._looked = time.monotonic()
        self._worst = 0.0

    def start(self) -> None:
        self._looked = time.monotonic()
        gevent.spawn(self._look)

    @property
    def lag(self) -> float:
        """Seconds, the worst since it was last asked."""
        worst, self._worst = self._worst, 0.0
        return max(worst, time.monotonic() - self._looked - EVERY, 0.0)

    def families(self) -> Iterator[Metric]:
        yield GaugeMetricFamily(
            "pressline_loop_lag_seconds",
            "How late the callbox's loop was at worst since the last look, some 5 s ago.",
            value=self.lag,
        )

    def _look(self) -> None:
        while True:
            gevent.sleep(EVERY)
            now = time.monotonic()
            self._worst = max(self._worst, now - self._looked - EVERY)
            self._looked = now
