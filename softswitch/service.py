"""Tells whoever started this process how it is, in systemd's words (sd_notify(3)).

A datagram for each word to the socket that `NOTIFY_SOCKET` names; nobody there is no fault.
"""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"
BEATS = 4
"""In the time after which silence counts as hanging: a late beat, or a lost one, is none yet."""


def tell(word: str) -> None:
    """Never waits and never fails: who hangs is not helped by a sender that hangs as well."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    name = "\0" + address[1:] if address.startswith("@") else address
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
        end.setblocking(False)
        end.sendto(word.encode(), name)


def beat_every() -> float:
    """Seconds between two signs of life; 0 when nobody waits for them (sd_watchdog_enabled(3))."""
    told = os.environ.get("WATCHDOG_USEC", "")
    meant = os.environ.get("WATCHDOG_PID", "") or str(os.getpid())
    if not told.isdigit() or meant != str(os.getpid()):
        return 0.0
    return int(told) / 1e6 / BEATS


async def keep_beating(is_well: Callable[[], bool] = lambda: True) -> None:
    """For ever, from the event loop: a loop that stands still is silent."""
    every = beat_every()
    while every:
        if is_well():
            tell(ALIVE)
        await asyncio.sleep(every)
