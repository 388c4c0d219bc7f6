"""Keys inside RTP: telephone-event (RFC 4733)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from softswitch.media.rtp import Packet

KEYS = "0123456789*#ABCD"
"""Event numbers 0 to 15 (RFC 4733, section 3.2)."""
_EVENT = struct.Struct("!BBH")
_END = 0x80
_VOLUME = 10
"""dBm0 below zero; what most phones send."""
_LONGEST = 0xFFFF
_REPEATS = 3
"""The end is sent three times (section 2.5.1.4)."""
_FORGOTTEN = 8000
"""Samples without a packet after which a key whose end was lost counts as let go: 1 s."""


@dataclass(frozen=True, slots=True)
class EventPacket:
    payload: bytes
    marker: bool
    takes_time: bool
    """Whether a frame's time passes with it; the repeated ends go out at once."""


def key_packets(digit: str, samples: int, frame: int = 160) -> Iterator[EventPacket]:
    """The payloads of one key of that length, one for each frame, then the end three times.

    All of them carry the timestamp of the key's beginning. Raises ValueError for no key.
    """
    event = KEYS.index(digit.upper())
    samples = min(max(samples, frame), _LONGEST)
    for done in range(frame, samples, frame):
        yield EventPacket(_EVENT.pack(event, _VOLUME, done), done == frame, True)
    for repeat in range(_REPEATS):
        payload = _EVENT.pack(event, _VOLUME | _END, samples)
        yield EventPacket(payload, samples <= frame and not repeat, not repeat)


@dataclass(frozen=True, slots=True)
class Pressed:
    digit: str
    samples: int
    """How long it was held."""


class KeyReader:
    """Each key once, at its end; a key whose end packets were lost, when something else comes."""

    def __init__(self) -> None:
        self._source = -1
        self._started: int | None = None
        """Timestamp of the key being held."""
        self._done: int | None = None
        """Timestamp of the key last told."""
        self._key = Pressed("", 0)

    def read_event(self, packet: Packet) -> list[Pressed]:
        """A packet of the event payload type."""
        if len(packet.payload) < _EVENT.size:
            return []
        event, flags, duration = _EVENT.unpack_from(packet.payload)
        told = self._change_source(packet.ssrc)
        if event >= len(KEYS) or self._is_old(packet.timestamp):
            return told
        if self._started is not None and packet.timestamp != self._started:
            told += self._finish()
        held = max(duration, self._key.samples if self._started is not None else 0)
        self._started = packet.timestamp
        self._key = Pressed(KEYS[event], held)
        return told + self._finish() if flags & _END else told

    def read_audio(self, packet: Packet) -> list[Pressed]:
        """Audio after a key without an end: the key was let go (section 2.5.2.2)."""
        if self._started is None:
            return []
        silence = (packet.timestamp - self._started - self._key.samples) & 0xFFFFFFFF
        return self._finish() if _FORGOTTEN <= silence < 1 << 31 else []

    def _change_source(self, ssrc: int) -> list[Pressed]:
        """Another sender counts its own time."""
        if ssrc == self._source:
            return []
        told = self._finish() if self._started is not None else []
        self._source = ssrc
        self._done = None
        return told

    def _is_old(self, timestamp: int) -> bool:
        """A repeated end, or a packet that the network held back."""
        if self._done is None:
            return False
        return (timestamp - self._done) & 0xFFFFFFFF == 0 or _is_before(timestamp, self._done)

    def _finish(self) -> list[Pressed]:
        self._done, self._started = self._started, None
        key, self._key = self._key, Pressed("", 0)
        return [key]


def _is_before(one: int, other: int) -> bool:
    """On a clock of 32 bits that goes round."""
    return (one - other) & 0xFFFFFFFF >= 1 << 31
