"""What the phone heard, laid out in time: gaps are silence, late packets find their place."""

import numpy as np

from softswitch.media.g711 import Samples
from softswitch.media.rtp import Packet

RATE = 8000
MAX_SECONDS = 3600
_DRIFT = RATE
"""Samples by which a sender's clock may be off before we go by arrival: 1 s."""
_SLIP = 3 * 160
"""Samples by which a clock may jump between two packets that follow each other, without a pause
being meant: FreeSWITCH jumps by 160 soon after it begins to send. A phone closes that up too."""


class Heard:
    """Grows as needed, at most an hour."""

    def __init__(self) -> None:
        self._samples: Samples = np.zeros(RATE * 10, np.int16)
        self._length = 0
        self._source = -1
        self._origin = 0
        """Timestamp that lies at the beginning of the recording."""
        self._next = (-1, 0)
        """Sequence number and place of the packet that would follow the last one."""

    def add(self, packet: Packet, samples: Samples, now: float) -> None:
        """`now`: seconds since the answer."""
        arrived = int(now * RATE)
        if packet.ssrc != self._source:
            self._anchor(packet, arrived)
        at = _signed(packet.timestamp - self._origin)
        if abs(at - arrived) > _DRIFT:
            self._anchor(packet, arrived)
            at = arrived
        at = self._without_slip(packet, at)
        self._next = ((packet.sequence + 1) & 0xFFFF, at + len(samples))
        self._put(at, samples)

    def _without_slip(self, packet: Packet, at: int) -> int:
        sequence, place = self._next
        slip = at - place
        if packet.sequence != sequence or not 0 < slip <= _SLIP:
            return at
        self._origin += slip
        return place

    def _anchor(self, packet: Packet, arrived: int) -> None:
        self._source = packet.ssrc
        self._origin = packet.timestamp - arrived

    def _put(self, at: int, samples: Samples) -> None:
        end = at + len(samples)
        if at < 0 or end > MAX_SECONDS * RATE:
            return
        while end > len(self._samples):
            self._samples = np.concatenate([self._samples, np.zeros_like(self._samples)])
        self._samples[at:end] = samples
        self._length = max(self._length, end)

    def samples(self) -> Samples:
        return self._samples[: self._length].copy()


def _signed(difference: int) -> int:
    """A difference on a clock of 32 bits."""
    difference &= 0xFFFFFFFF
    return difference - (1 << 32) if difference >= 1 << 31 else difference
