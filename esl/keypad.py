"""The keys that a caller has pressed and nobody has used yet."""

from collections import deque

KEYS = "0123456789*#ABCD"
KEPT = 64
"""More than any entry needs; what is pressed beyond is dropped, so a stuck key costs nothing."""


class Keypad:
    """First in, first out. The switch reports each key once, whoever consumes it there."""

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()
        self._stray = ""

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def press(self, key: str) -> None:
        stray, self._stray = self._stray, ""
        if len(key) == 1 and key in KEYS and key not in stray and len(self._waiting) < KEPT:
            self._waiting.append(key)

    def take(self) -> str:
        """The oldest key. Raises `IndexError` when there is none."""
        return self._waiting.popleft()

    def ignore_next(self, keys: str) -> None:
        """A full entry is often followed by the finishing key: it belongs to that entry."""
        if not self._waiting:
            self._stray = keys
        elif self._waiting[0] in keys:
            self._waiting.popleft()

    def clear(self) -> None:
        self._waiting.clear()
        self._stray = ""

    def drop_through(self, key: str) -> None:
        """Forget everything up to the first `key`, or everything when it is not there."""
        while self._waiting and self._waiting.popleft() != key:
            pass
