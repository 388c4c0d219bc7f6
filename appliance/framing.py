"""Messages between a process and the child it started: a length, then a pickle.

Both ends are ours, over a socket pair that nobody else can reach, so pickle is safe here.
"""

import pickle
import struct
from typing import Any, Protocol

HEADER = struct.Struct("!I")
LARGEST = 16 * 1024 * 1024
"""Bytes in one message; a query's rows are bounded far below."""


class Stream(Protocol):
    """What both `socket.socket` and gevent's socket can do."""

    def recv(self, size: int, /) -> bytes: ...
    def sendall(self, data: bytes, /) -> None: ...


def packed(message: Any) -> bytes:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    if len(body) > LARGEST:
        raise ValueError(f"a message of {len(body)} bytes is over the limit of {LARGEST}")
    return HEADER.pack(len(body)) + body


def receive(stream: Stream) -> Any:
    """The next message. Raises `EOFError` when the other end is gone."""
    (size,) = HEADER.unpack(_exactly(stream, HEADER.size))
    return pickle.loads(_exactly(stream, size))


def _exactly(stream: Stream, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = stream.recv(min(size - len(parts), 1 << 16))
        if not part:
            raise EOFError("the other end is gone")
        parts += part
    return bytes(parts)
