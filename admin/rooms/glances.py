"""How something live stands, asked once for all pages that want to know it at the same time.

News make every open page look at once. Whoever comes while somebody asks shares the answer of the
next one: it was asked after they came, so it is not older than the news.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from flask import current_app

from admin.errors import PanelError

MOST = 200
"""Things whose last look is kept; only what is looked at together needs it."""


@dataclass(slots=True)
class Look:
    """The last one at a thing."""

    at: float = float("-inf")
    found: Any = None
    fault: PanelError | None = None
    lock: Lock = field(default_factory=Lock)


class Glances:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looks: dict[str, Look] = {}

    def glance(self, thing: str, ask: Callable[[], Any]) -> Any:
        """Raises the `PanelError` that `ask` raises; it is shared, too."""
        came = self._clock()
        look = self._look(thing)
        with look.lock:
            if look.at <= came:
                look.at, look.fault = self._clock(), None
                try:
                    look.found = ask()
                except PanelError as error:
                    look.fault = error
            if look.fault is not None:
                raise type(look.fault)(str(look.fault))
            return look.found

    def _look(self, thing: str) -> Look:
        if len(self._looks) >= MOST and thing not in self._looks:
            self._looks.clear()  # those who wait hold theirs
        return self._looks.setdefault(thing, Look())


def glances() -> Glances:
    """Those of the application that answers this request."""
    found: Glances = current_app.extensions.setdefault("panel-glances", Glances())
    return found
