"""Sending a datagram again and again until someone answers or time is up."""

from collections.abc import Callable
from typing import Protocol

from softswitch.sip.timers import Timers
from softswitch.sip.uri import Address


class Handle(Protocol):
    def cancel(self) -> None: ...


class Wire(Protocol):
    """What a transaction needs from the world: a socket and a clock."""

    timers: Timers

    def send(self, datagram: bytes, to: Address) -> None: ...

    def later(self, seconds: float, call: Callable[[], None]) -> Handle: ...


class Repeater:
    """Sends at once, then after T1, 2 T1, 4 T1 …; calls `give_up` after 64 T1."""

    def __init__(
        self, wire: Wire, datagram: bytes, to: Address, give_up: Callable[[], None], cap: float
    ) -> None:
        self._wire = wire
        self._datagram = datagram
        self._to = to
        self._cap = cap
        """Longest pause, in seconds."""
        self._pause = min(wire.timers.t1, cap)
        self._end = wire.later(wire.timers.give_up, give_up)
        self._next: Handle | None = None
        self._send()

    def _send(self) -> None:
        self._wire.send(self._datagram, self._to)
        self._next = self._wire.later(self._pause, self._send)
        self._pause = min(2 * self._pause, self._cap)

    def slow_down(self) -> None:
        """A provisional response came: go on at the longest pause (section 17.1.2.2)."""
        self._pause = self._cap

    def silence(self) -> None:
        """No more copies; the time limit goes on."""
        if self._next:
            self._next.cancel()

    def stop(self) -> None:
        self.silence()
        self._end.cancel()
