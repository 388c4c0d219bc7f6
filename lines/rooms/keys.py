"""What keys mean in a room. Those that cannot be taken back must be pressed twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Wish(StrEnum):
    HAND = "hand"
    """Raise it, or lower it."""
    MUTE = "mute"
    """Oneself, or not any more."""
    COUNT = "count"
    HELP = "help"
    LEAVE = "leave"
    LOCK = "lock"
    """Or unlock."""
    HUSH = "hush"
    """Mute all but moderators, or not any more."""
    WORD = "word"
    """To whose hand was raised first."""
    RECORD = "record"
    """Or cease to."""
    END = "end"
    SURE_TO_LEAVE = "sure_to_leave"
    SURE_TO_END = "sure_to_end"
    """The first of two presses."""


EVERYBODY: Final[Mapping[str, Wish]] = {
    "1": Wish.HAND,
    "2": Wish.MUTE,
    "3": Wish.COUNT,
    "0": Wish.HELP,
    "#": Wish.LEAVE,
}
MODERATOR: Final[Mapping[str, Wish]] = {
    **EVERYBODY,
    "4": Wish.LOCK,
    "5": Wish.HUSH,
    "6": Wish.WORD,
    "7": Wish.RECORD,
    "8": Wish.END,
}
TWICE: Final = {Wish.LEAVE: Wish.SURE_TO_LEAVE, Wish.END: Wish.SURE_TO_END}
WITHIN = 6.0
"""Seconds for the second press, in which the question is put too."""


@dataclass(slots=True)
class Keypads:
    """Of all in a room. Pure: each press tells when it was."""

    _asked: dict[str, tuple[Wish, float]] = field(default_factory=dict)
    """By call: what was pressed once, and when, in seconds."""

    def wish(self, call_id: str, key: str, at: float, *, moderator: bool) -> Wish | None:
        """None for a key without a meaning."""
        wish = (MODERATOR if moderator else EVERYBODY).get(key)
        asked, when = self._asked.pop(call_id, (None, 0.0))
        if wish not in TWICE or (asked is wish and 0 <= at - when <= WITHIN):
            return wish
        self._asked[call_id] = (wish, at)
        return TWICE[wish]

    def forget(self, call_id: str) -> None:
        self._asked.pop(call_id, None)
