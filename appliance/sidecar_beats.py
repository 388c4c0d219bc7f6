"""A sidecar's signs of life, so that one that is frozen holds nobody for longer than a moment."""

from collections.abc import Callable

import gevent

from .silence import Silence

BEAT = -1
"""In place of a task's number: the child lives."""
EVERY = 0.5
"""Seconds between two signs, and between two looks."""
PATIENCE = 2.0
"""Seconds of silence after which it counts as frozen."""


class Beats:
    """Of one life of the child, heard in its parent."""

    def __init__(self, pid: int, is_over: Callable[[], bool], frozen: Callable[[], None]) -> None:
        """`frozen` is called once, if it comes to that before it `is_over`."""
        self._pid = pid
        self._is_over = is_over
        self._frozen = frozen
        self._silence: Silence | None = None

    def heard(self) -> None:
        """The first comes when the child has started, which takes its time."""
        if self._silence is None:
            self._silence = Silence(self._pid)
            gevent.spawn(self._watch, self._silence)
        self._silence.beat()

    def _watch(self, silence: Silence) -> None:
        while not self._is_over():
            gevent.sleep(EVERY)
            if silence.is_longer_than(PATIENCE):
                self._frozen()
                return
