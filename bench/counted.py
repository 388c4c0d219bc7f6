"""A signal whose every packet is known by its tone, so that a listener's loss can be counted.

Packet after packet of 20 ms the tone goes up by one of 31 (a prime number) or, in another room,
by another stride. Each tone has a whole number of cycles in a packet: a packet that came through
holds one of them and nothing of the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.listening import from_mulaw, to_mulaw

from .rtp import FRAME, HEADER

PITCHES = 31
FIRST, APART = 8, 2
"""In steps of 50 Hz, one cycle in a packet: 400 Hz, and 100 Hz from each to the next."""
HEIGHT = 0.3
PURE = 0.6
"""Share of a packet's energy in its tone; the switch's comfort noise and rounding take little."""

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counted:
    """What one listener has heard of it."""

    packets: int
    heard: int
    """Packets that held a tone of the signal."""
    lost: int
    """Tones that are missing between two that were heard."""
    again: int
    """Tones that were heard twice."""
    never_sent: int
    """Packets that are missing by their numbers in RTP."""


def signal(packets: int, stride: int = 1) -> Iterator[bytes]:
    """Payloads in mu-law."""
    tones = [to_mulaw(HEIGHT * _wave(number)) for number in range(PITCHES)]
    return (tones[number * stride % PITCHES] for number in range(packets))


def count(packets: Sequence[bytes], stride: int = 1) -> Counted:
    """Of RTP packets of 172 bytes, in the order in which they came."""
    if not packets:
        return Counted(0, 0, 0, 0, 0)
    rows = np.frombuffer(b"".join(packets), dtype=np.uint8).reshape(-1, HEADER + FRAME)
    tones = _tones(rows[:, HEADER:])
    steps = np.diff(tones) * pow(stride, -1, PITCHES) % PITCHES
    # A step back of up to half the circle is a repetition, one forward a loss.
    lost = steps[(steps > 1) & (steps <= PITCHES // 2)] - 1
    again = np.count_nonzero((steps == 0) | (steps > PITCHES // 2))
    numbers = rows[:, 2].astype(np.int64) * 256 + rows[:, 3]
    gaps = (np.diff(numbers) - 1) % 65536
    return Counted(
        len(rows), len(tones), int(lost.sum()), int(again), int(gaps[gaps < 32768].sum())
    )


def _tones(payloads: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """The tone of each packet that holds one."""
    samples = from_mulaw(payloads.tobytes()).reshape(-1, FRAME)
    energy = np.abs(np.fft.rfft(samples)) ** 2
    ours = energy[:, FIRST : FIRST + PITCHES * APART : APART]
    pure = ours.max(axis=1) > PURE * np.maximum(energy.sum(axis=1), 1.0)
    return np.asarray(ours[pure].argmax(axis=1))


def _wave(number: int) -> Matrix:
    cycles = FIRST + APART * number
    return np.asarray(np.sin(2 * np.pi * cycles * np.arange(FRAME) / FRAME))
