"""Follows what the running callbox tells over the switch's bus while somebody wants to know."""

import json
from collections.abc import Callable
from typing import Any

import gevent

from esl.errors import EslError
from esl.event import Event
from esl.inbound import EventConnection

from .asking import LIMIT
from .dialplan import switch_password
from .errors import BoxSilent
from .settings import Settings

State = dict[str, Any]


def follow(
    settings: Settings,
    news: str,
    ask_again: Callable[[], State],
    every: float,
    on_state: Callable[[State], None],
) -> None:
    """Tell each state, until interrupted.

    `ask_again` wishes for `news`, an event's subclass, and gives the state now; it is done
    `every` so many seconds. Raises `BoxSilent`, and what `ask_again` raises.
    """

    def on_event(event: Event) -> None:
        if event.get("Event-Subclass") == news:
            on_state(json.loads(event.body))

    connection = EventConnection(
        *settings.esl, switch_password(settings), on_event=on_event, timeout=LIMIT
    )
    try:
        connection.connect()
        connection.subscribe([news])
        while True:
            on_state(ask_again())
            gevent.sleep(every)
    except EslError as error:
        raise BoxSilent(f"the box cannot be reached: {error}") from error
    finally:
        connection.stop()
