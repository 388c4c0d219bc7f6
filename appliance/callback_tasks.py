"""What of call-backs blocks, for the switchboard's sidecar."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from lines.callbacks.booking import book
from lines.callbacks.calling import Caller
from lines.callbacks.due import Due, Over

from .dialling import dialling
from .settings import Settings


def callback_tasks(settings: Settings) -> dict[str, Callable[..., Any]]:
    """By name; `life` is that of the callbox that asks."""
    door = dialling(settings)

    def take(life: str, most: int, held: Collection[int]) -> Sequence[Due]:
        return Caller(door, settings.time_zone, life).take(most, held=held)

    def over(life: str, callback: int, end: Over) -> None:
        Caller(door, settings.time_zone, life).over(callback, end)

    return {
        "callback_book": partial(book, door, settings.time_zone),
        "callback_take": take,
        "callback_over": over,
    }
