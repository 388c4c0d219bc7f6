"""How long a caller heard nothing that carries sound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.contract.rtp import PCMU, Packet
from tests.listening import from_mulaw, loudness

AUDIBLE = 0.005
"""Loudness of a packet (root mean square of 1) from which on it is a sound; a hissing line has some
0.0005."""
FRAME = 0.02


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds of a monotonic clock."""

    begin: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.begin


def sounds(packets: Iterable[Packet]) -> list[float]:
    """When each packet with sound in it came."""
    return [
        packet.at
        for packet in packets
        if packet.payload_type == PCMU and loudness(from_mulaw(packet.payload)) > AUDIBLE
    ]


def longest(heard: Sequence[float], listening: Iterable[Span]) -> Span:
    """Of all times in which the caller only listened: the longest without a sound."""
    gaps = (gap for span in listening for gap in _gaps(heard, span))
    return max(gaps, key=lambda gap: gap.seconds, default=Span(0.0, 0.0))


def _gaps(heard: Sequence[float], span: Span) -> list[Span]:
    marks = [span.begin, *(at for at in heard if span.begin < at < span.end), span.end]
    return [Span(before, after) for before, after in pairwise(marks)]
