"""What carries SIP messages: a UDP socket, or one browser's WebSocket."""

from collections.abc import Callable
from typing import Protocol

from softswitch.sip.uri import Address

OnDatagram = Callable[[bytes, Address], None]
OnUnreachable = Callable[[Address], None]


class Transport(Protocol):
    protocol: str
    """As a Via header names it: UDP or WS."""
    most_transactions: int
    """Remembered at a time; beyond it we answer 503."""
    address: Address
    """Ours, once it is open."""

    def open(self, host: str, port: int) -> None: ...
    def close(self) -> None: ...
    def send(self, datagram: bytes, to: Address) -> None:
        """Best effort: what is lost is repeated by its transaction."""


MakeTransport = Callable[[OnDatagram, OnUnreachable], Transport]
