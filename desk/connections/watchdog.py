"""Ends the wait for a server that neither answers nor cancels: frozen, or its network gone."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cut_off(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """Call `act` from another thread when the block takes longer than `seconds`."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def shut_down(descriptor: int) -> None:
    """End a socket's conversation; whoever waits on it sees the end of file."""
    with suppress(OSError), socket.socket(fileno=socket.dup(descriptor)) as line:
        line.shutdown(socket.SHUT_RDWR)
