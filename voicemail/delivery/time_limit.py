"""An end to conversations that drip: each wait is short, all of them would never end."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

AGAIN = 0.5
"""Seconds; a socket that becomes a TLS socket in this moment is another one afterwards."""


@contextmanager
def cut_off(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Shut what `connection` gives down after so many seconds; whoever reads it sees its end."""
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(done, seconds, connection), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(
    done: threading.Event, seconds: float, connection: Callable[[], socket.socket | None]
) -> None:
    while not done.wait(seconds):
        seconds = AGAIN
        with suppress(OSError):
            open_one = connection()
            if open_one:
                open_one.shutdown(socket.SHUT_RDWR)
