"""Ports for servers that tests start.

Not the system's choice: the port of a connection, which the system makes out of the same range, may
take it before the server does, which then never starts.
"""

import random
import socket
from collections.abc import Iterator

HOST = "127.0.0.1"
FIRST, LAST = 7_000, 10_080
"""Below Linux's ephemeral ports and the blocks for media (switch_plan.py), with none that Chromium
refuses (net/base/port_util.cc)."""
KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM)


def _round() -> Iterator[int]:
    """Each in turn, from anywhere on: several test processes run beside each other."""
    at = random.randrange(FIRST, LAST)
    while True:
        yield at
        at = FIRST + (at + 1 - FIRST) % (LAST - FIRST)


_ports = _round()


def free_port() -> int:
    """One on which nobody listens, for TCP and for UDP."""
    return next(port for port in _ports if all(_is_free(port, kind) for kind in KINDS))


def _is_free(port: int, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
