"""Follows one live conference room, for a command: the asking side of its news."""

import json
from collections.abc import Callable
from typing import Any

import gevent

from esl.errors import EslError
from esl.event import Event
from esl.inbound import EventConnection

from .asking import LIMIT, ask
from .dialplan import switch_password
from .errors import BoxSilent
from .settings import Settings
from .switchboard.room_news import ROOM_NEWS, WATCH_SECONDS

OnState = Callable[[dict[str, Any]], None]


def watch_room(settings: Settings, room: str, on_state: OnState) -> None:
    """Tell each state of the room, until interrupted. Raises `BoxSilent`, `WishRefused`."""
    last: list[dict[str, Any]] = []

    def show(state: dict[str, Any]) -> None:
        if state["room"] == name and [state] != last:
            last[:] = [state]
            on_state(state)

    def on_event(event: Event) -> None:
        if event.get("Event-Subclass") == ROOM_NEWS:
            show(json.loads(event.body))

    name = ask(settings, "rooms.who", room=room)["room"]
    connection = EventConnection(
        *settings.esl, switch_password(settings), on_event=on_event, timeout=LIMIT
    )
    try:
        connection.connect()
        connection.subscribe([ROOM_NEWS])
        while True:
            show(ask(settings, "rooms.watch", room=room))
            gevent.sleep(WATCH_SECONDS / 2)
    except EslError as error:
        raise BoxSilent(f"the box cannot be reached: {error}") from error
    finally:
        connection.stop()
