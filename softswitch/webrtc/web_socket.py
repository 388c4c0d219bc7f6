"""SIP on one browser's WebSocket (RFC 7118): a transport that knows one peer."""

import asyncio
from typing import Any

from websockets.asyncio.connection import Connection
from websockets.exceptions import ConnectionClosed

from softswitch.sip.transport import OnDatagram, OnUnreachable
from softswitch.sip.uri import Address

_WAITING = 200
"""Messages that wait for a slow browser; one that takes none is let go."""


class WebSocket:
    """Implements `sip.transport.Transport`; the browser has opened it already."""

    protocol = "WS"
    most_transactions = 200
    """Of one browser: a registration and some calls, with the keys of each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._on_datagram: OnDatagram = lambda data, source: None
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(_WAITING)
        self.address: Address = _address(connection.local_address)
        self.peer: Address = _address(connection.remote_address)

    def carry(self, on_datagram: OnDatagram, on_unreachable: OnUnreachable) -> "WebSocket":
        """Give what comes to this user agent."""
        self._on_datagram = on_datagram
        return self

    def open(self, host: str, port: int) -> None:
        pass

    def close(self) -> None:
        self._connection.transport.abort()

    def send(self, datagram: bytes, to: Address) -> None:
        """To the one peer, whatever address the headers name: browsers make theirs up."""
        try:
            self._waiting.put_nowait(datagram)
        except asyncio.QueueFull:
            self.close()

    async def serve(self) -> None:
        """Until the browser goes."""
        writing = asyncio.create_task(self._write())
        try:
            async for message in self._connection:
                data = message.encode("utf-8", "replace") if isinstance(message, str) else message
                self._on_datagram(data, self.peer)
        except ConnectionClosed:
            pass
        finally:
            writing.cancel()

    async def _write(self) -> None:
        try:
            while True:
                datagram = await self._waiting.get()
                await self._connection.send(datagram.decode("utf-8", "replace"))
        except ConnectionClosed:
            pass


def _address(given: Any) -> Address:
    host, port = given[:2]
    return str(host), int(port)
