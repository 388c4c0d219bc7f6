"""A UDP socket that tells when the kernel took each datagram in.

A reader that is late (a busy process, a full queue of ready sockets) still sees true times.
"""

import asyncio
import socket
import struct
from collections.abc import Callable

HOST = "127.0.0.1"
SO_TIMESTAMPNS = 35
"""Linux's number (include/uapi/asm-generic/socket.h); Python's socket module does not name it."""
BUFFER = 4 << 20
"""Bytes of receive buffer asked for: a second of packets of a thousand calls."""
LARGEST = 8192
"""No SIP message or RTP packet of the benches is longer."""

Receiver = Callable[[float, bytes], None]
"""Called with the time of arrival (seconds, as time.time() counts) and the datagram."""


class StampedSocket:
    """Bound to a free port on loopback; `on_datagram` is called for each datagram."""

    def __init__(self, on_datagram: Receiver) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self.socket.setblocking(False)
        self.socket.bind((HOST, 0))
        self.port: int = self.socket.getsockname()[1]
        self._on_datagram = on_datagram
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self.socket, self._drain)

    def close(self) -> None:
        self._loop.remove_reader(self.socket)
        self.socket.close()

    def _drain(self) -> None:
        while True:
            try:
                data, ancillary, _, _ = self.socket.recvmsg(LARGEST, 64)
            except BlockingIOError:
                return
            seconds, nanoseconds = struct.unpack("qq", ancillary[0][2])
            self._on_datagram(seconds + nanoseconds / 1e9, data)
