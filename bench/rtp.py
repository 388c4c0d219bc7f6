"""RTP (RFC 3550) as a benchmark's caller sends it: audio of silence, and keys (RFC 4733)."""

import random
import struct
from dataclasses import dataclass, field

from .sip_texts import EVENTS

FRAME_SECONDS = 0.02
FRAME = 160
"""Samples of a packet at 8 kHz."""
PCMU = 0
HEADER = 12
"""Bytes before the payload; the switches send no extensions."""
SILENCE = b"\xff" * FRAME
KEYS = "0123456789*#"
KEY_FRAMES = 5
"""A key lasts 100 ms."""


@dataclass(slots=True)
class Sender:
    """Numbers one call's packets."""

    sequence: int = field(default_factory=lambda: random.getrandbits(15))
    timestamp: int = field(default_factory=lambda: random.getrandbits(31))
    ssrc: int = field(default_factory=lambda: random.getrandbits(32))

    def audio(self, frame: bytes = SILENCE) -> bytes:
        """20 ms, coded by mu-law."""
        packet = self._header(PCMU, self.timestamp) + frame
        self.timestamp = (self.timestamp + FRAME) & 0xFFFFFFFF
        return packet

    def key(self, key: str) -> list[bytes]:
        """Packets to send 20 ms apart; the third from the end is where the key ends."""
        code = KEYS.index(key)
        started = self.timestamp
        bodies = [
            struct.pack("!BBH", code, 10, number * FRAME) for number in range(1, KEY_FRAMES + 1)
        ]
        # RFC 4733, 2.5.1.4: the end is sent three times.
        bodies += [struct.pack("!BBH", code, 0x80 | 10, KEY_FRAMES * FRAME)] * 3
        self.timestamp = (self.timestamp + len(bodies) * FRAME) & 0xFFFFFFFF
        return [
            self._header(EVENTS | (0x80 if number == 0 else 0), started) + body
            for number, body in enumerate(bodies)
        ]

    def _header(self, kind: int, timestamp: int) -> bytes:
        self.sequence = (self.sequence + 1) & 0xFFFF
        return struct.pack("!BBHII", 0x80, kind, self.sequence, timestamp, self.ssrc)


def is_audio(packet: bytes) -> bool:
    return len(packet) == HEADER + FRAME and packet[1] & 0x7F == PCMU
