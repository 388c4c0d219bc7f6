"""Hears the tone after which callers speak, packet by packet as they come."""

import time

import numpy as np

from tests.contract.rtp import FRAME, PCMU, Line
from tests.listening import RATE, from_mulaw, loudness

PITCH = 1000
"""Hertz."""
LEAST = 12
"""Packets of 20 ms in a row; the tone has 20, of which some may be lost."""
OVER = 0.1
"""Seconds without another packet of it; some switches send nothing while they record."""
PURE = 0.9
"""Share of a packet's energy at the one pitch; speech never has so much of it for so long."""
QUIET = 0.02
_WAVE = np.exp(-2j * np.pi * PITCH * np.arange(FRAME) / RATE)


class ToneEar:
    def __init__(self, line: Line) -> None:
        self._line = line
        self._read = 0
        self._row = 0
        self._last = 0.0

    def hears_end(self) -> bool:
        """Whether a tone has come and ended since the last one was told of."""
        packets = self._line.packets
        while self._read < len(packets):
            packet = packets[self._read]
            self._read += 1
            if packet.payload_type == PCMU and not self._goes_on(packet.payload, packet.at):
                return True
        return self._row >= LEAST and time.monotonic() - self._last > OVER and self._end()

    def _goes_on(self, payload: bytes, at: float) -> bool:
        """False where a tone has just ended."""
        if is_tone(payload):
            self._row, self._last = self._row + 1, at
            return True
        return not self._end()

    def _end(self) -> bool:
        row, self._row = self._row, 0
        return row >= LEAST


def is_tone(payload: bytes) -> bool:
    samples = from_mulaw(payload)
    if len(samples) != FRAME or loudness(samples) < QUIET:
        return False
    energy = float(np.sum(samples**2))
    return bool(2 * abs(np.dot(samples, _WAVE)) ** 2 > PURE * FRAME * energy)
