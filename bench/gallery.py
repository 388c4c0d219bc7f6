"""Listeners by the hundred, cheap enough to leave the machine to the switch that is measured.

Nobody wakes for a packet: each line's packets wait in its own socket, a second of them and more,
and are fetched a few lines at a time.
"""

import asyncio
import socket
from collections.abc import Sequence

from .rtp import is_audio
from .stamped import BUFFER, HOST

ROUND = 0.3
"""Seconds in which every line is emptied once."""
BEAT = 0.005
"""Seconds between two turns: short ones, as the same loop paces the callers' voices."""
LARGEST = 2048


class Listener:
    """A line that keeps what it hears while `keeps`."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self.socket.setblocking(False)
        self.socket.bind((HOST, 0))
        self.port: int = self.socket.getsockname()[1]
        self.keeps = False
        self.packets: list[bytes] = []

    def drain(self) -> None:
        try:
            while True:
                packet = self.socket.recv(LARGEST)
                if self.keeps and is_audio(packet):
                    self.packets.append(packet)
        except BlockingIOError:
            return


class Gallery:
    def __init__(self) -> None:
        self._lines: list[Listener] = []
        self._task = asyncio.get_running_loop().create_task(self._drain_on())

    def line(self) -> Listener:
        self._lines.append(Listener())
        return self._lines[-1]

    async def listen(self, seconds: float) -> Sequence[Listener]:
        """All lines, each with what came in these seconds."""
        for line in self._lines:
            line.drain()
            line.packets.clear()
            line.keeps = True
        await asyncio.sleep(seconds)
        for line in self._lines:
            line.drain()
            line.keeps = False
        return tuple(self._lines)

    def close(self) -> None:
        self._task.cancel()
        for line in self._lines:
            line.socket.close()

    async def _drain_on(self) -> None:
        at = 0
        while True:
            some = max(1, round(len(self._lines) * BEAT / ROUND))
            for line in self._lines[at : at + some]:
                line.drain()
            at = at + some if at + some < len(self._lines) else 0
            await asyncio.sleep(BEAT)
