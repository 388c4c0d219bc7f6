"""Follows one live conference room, for a command: the asking side of its news."""

from collections.abc import Callable
from typing import Any

from .asking import ask
from .following import follow
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

    name = ask(settings, "rooms.who", room=room)["room"]
    again = lambda: ask(settings, "rooms.watch", room=room)  # noqa: E731
    follow(settings, ROOM_NEWS, again, WATCH_SECONDS / 2, show)
