"""Follows live calls: the asking side of `appliance.watching`."""

import json
from collections.abc import Callable
from typing import Any

import gevent

from esl import commands
from esl.errors import EslError
from esl.event import Event
from esl.inbound import EventConnection

from .dialplan import switch_password
from .errors import SettingsInvalid
from .settings import Settings
from .watching import STEP, WATCH, WATCH_SECONDS

LIMIT = 2.0
"""Seconds for the switch to answer."""
AFTERWARDS = 0.5
"""Seconds in which the last news may still come."""
POLL = 0.05


class Watcher:
    """News of live calls, for a command; used from one thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connection: EventConnection | None = None

    def start(self, on_news: Callable[[dict[str, Any]], None]) -> str:
        """Ask for news. Returns why there will be none, or nothing."""
        settings = self._settings

        def on_event(event: Event) -> None:
            if event.get("Event-Subclass") == STEP:
                on_news(json.loads(event.body))

        try:
            connection = EventConnection(
                *settings.esl, switch_password(settings), on_event=on_event, timeout=LIMIT
            )
            connection.connect()
            connection.subscribe([f"CUSTOM {STEP}"])
            self._connection = connection
            self._ask()
        except (EslError, SettingsInvalid) as error:
            return str(error)
        return ""

    def run_while(self, goes_on: Callable[[], bool]) -> None:
        """Deliver news until `goes_on` says no, and a moment longer."""
        asked = 0.0
        while goes_on():
            gevent.sleep(POLL)
            asked += POLL
            if asked > WATCH_SECONDS / 2:
                asked = 0.0
                self._ask()
        gevent.sleep(AFTERWARDS)
        if self._connection:
            self._connection.stop()

    def _ask(self) -> None:
        if self._connection:
            self._connection.request(commands.sendevent(WATCH, {}, ""), LIMIT)
