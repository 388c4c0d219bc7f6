"""Finds calls that a callbox has taken over and then never served, because it died or hung."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import gevent
import structlog
from gevent.event import Event as Flag

from esl import strays
from esl.errors import EslError
from esl.switch import Switch

log = structlog.get_logger()

EVERY = 15.0
"""Seconds between looks."""
PATIENCE = 3.0
"""Seconds that a call is given to reach us before it counts as a stray."""


class Strays:
    """Fetches them back into the dialplan, so that they are answered after all."""

    def __init__(self, switch: Switch, live_calls: Callable[[], Collection[str]]) -> None:
        self._switch = switch
        self._live_calls = live_calls
        self._look = Flag()

    def start(self) -> None:
        gevent.spawn(self._run)

    def switch_is_back(self) -> None:
        """A former callbox may have left some."""
        self._look.set()

    def _run(self) -> None:
        while True:
            self._look.wait(EVERY)
            self._look.clear()
            try:
                self._fetch(self._waiting())
            except EslError as error:
                log.debug("no look for stray calls", reason=str(error))

    def _waiting(self) -> dict[str, Mapping[str, Any]]:
        live = self._live_calls()
        found = strays.waiting(self._switch.show("channels"))
        return {uuid: row for uuid, row in found.items() if uuid not in live}

    def _fetch(self, suspects: Collection[str]) -> None:
        if not suspects:
            return
        gevent.sleep(PATIENCE)
        for uuid, row in self._waiting().items():
            if uuid in suspects:
                log.warning("a call that nobody served is fetched back", call=uuid)
                strays.fetch(self._switch.api, row)
