"""What a supervisor writes, for tests that wait for a line of it."""

import io
import threading
from collections.abc import Callable


class Terminal(io.StringIO):
    """Collects lines, and lets a test wait for one."""

    def __init__(self) -> None:
        super().__init__()
        self._changed = threading.Condition()

    def write(self, text: str) -> int:
        with self._changed:
            size = super().write(text)
            self._changed.notify_all()
        return size

    def wait_for(self, seen: Callable[[str], bool]) -> str:
        with self._changed:
            assert self._changed.wait_for(lambda: seen(self.getvalue()), timeout=60)
            return self.getvalue()
