"""A client in the flood: `python -m bench.flooded {greenswitch|pressline} PORT` prints JSON.

What it tells: events a second, the longest that another greenlet had to wait, and the memory
before, at most, and after.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import gevent
import psutil
from gevent.event import Event as Flag
from greenswitch.esl import ESLEvent, InboundESL

from esl.event import Event
from esl.inbound import EventConnection

from .flood import EVENTS

PASSWORD = "flood"
LIMIT = 120.0
NAP = 0.005
"""Seconds that the other greenlet asks to sleep for; what it sleeps beyond is the stall."""


@dataclass(slots=True)
class Found:
    events: int = 0
    seconds: float = 0.0
    longest_stall: float = 0.0
    """Seconds."""
    megabytes_before: float = 0.0
    megabytes_most: float = 0.0
    megabytes_after: float = 0.0

    @property
    def growth(self) -> float:
        """Megabytes."""
        return max(self.megabytes_most, self.megabytes_after) - self.megabytes_before


class Client:
    """Counts events and reads of each what a box reads: its name, its call, one variable."""

    def __init__(self) -> None:
        self.found = Found()
        self.all_in = Flag()

    def greenswitch_event(self, event: ESLEvent) -> None:
        self._count(event.headers.get)

    def pressline_event(self, event: Event) -> None:
        self._count(event.get)

    def _count(self, read: Callable[[str], str | None]) -> None:
        assert read("Event-Name") and read("Unique-ID") and read("Application-UUID")
        self.found.events += 1
        if self.found.events == EVENTS:
            self.all_in.set()

    def watch(self) -> None:
        """The other greenlet."""
        process = psutil.Process()
        while True:
            asleep = time.monotonic()
            gevent.sleep(NAP)
            stall = time.monotonic() - asleep - NAP
            self.found.longest_stall = max(self.found.longest_stall, stall)
            self.found.megabytes_most = max(self.found.megabytes_most, _megabytes(process))


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6


def connect(kind: str, port: int, client: Client) -> Callable[[], Any]:
    """Logged in; the result subscribes, and so lets the flood loose."""
    if kind == "greenswitch":
        plain = InboundESL(host="127.0.0.1", port=port, password=PASSWORD)
        plain.connect()
        plain.register_handle("*", client.greenswitch_event)
        return lambda: plain.send("event plain ALL")
    ours = EventConnection("127.0.0.1", port, PASSWORD, on_event=client.pressline_event)
    ours.connect()
    return lambda: ours.subscribe(["ALL"])


def main(kind: str, port: int) -> None:
    client = Client()
    subscribe = connect(kind, port, client)
    client.found.megabytes_before = _megabytes(psutil.Process())
    gevent.spawn(client.watch)
    gevent.sleep(0)
    started = time.monotonic()
    subscribe()
    client.all_in.wait(LIMIT)
    client.found.seconds = time.monotonic() - started
    gevent.sleep(2 * NAP)
    client.found.megabytes_after = _megabytes(psutil.Process())
    print(json.dumps(asdict(client.found)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
