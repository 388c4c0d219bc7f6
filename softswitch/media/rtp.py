"""RTP packets (RFC 3550, section 5.1)."""

import secrets
import struct
from dataclasses import dataclass

_HEADER = struct.Struct("!BBHII")
MAX_PAYLOAD = 2000
"""Bytes: 250 ms of G.711; no phone sends more in one packet."""


@dataclass(frozen=True, slots=True)
class Packet:
    payload_type: int
    sequence: int
    """16 bits."""
    timestamp: int
    """32 bits, in samples."""
    ssrc: int
    """32 bits."""
    payload: bytes
    marker: bool = False
    """First packet after a silence, or of a key."""

    def to_bytes(self) -> bytes:
        second = self.payload_type | (0x80 if self.marker else 0)
        head = _HEADER.pack(0x80, second, self.sequence, self.timestamp, self.ssrc)
        return head + self.payload


def parse_packet(datagram: bytes) -> Packet | None:
    """None for what is no RTP: another version, RTCP, cut short or too long."""
    if not 12 <= len(datagram) <= MAX_PAYLOAD + 12 + 60:
        return None
    first, second, sequence, timestamp, ssrc = _HEADER.unpack_from(datagram)
    start = _payload_start(datagram, first)
    end = _payload_end(datagram, first)
    # 72..76 with the marker bit are RTCP packet types 200..204 (RFC 5761, section 4).
    if first >> 6 != 2 or start is None or start > end or 200 <= second <= 204:
        return None
    payload = datagram[start:end]
    return Packet(second & 0x7F, sequence, timestamp, ssrc, payload, bool(second & 0x80))


def _payload_start(datagram: bytes, first: int) -> int | None:
    """Behind the header, the contributing sources and an extension."""
    start = 12 + 4 * (first & 0x0F)
    if not first & 0x10:
        return start
    if len(datagram) < start + 4:
        return None
    words = int.from_bytes(datagram[start + 2 : start + 4], "big")
    return start + 4 + 4 * words


def _payload_end(datagram: bytes, first: int) -> int:
    """Before the padding, whose last byte counts it; a count of 0 is a lie and makes it empty."""
    if not first & 0x20:
        return len(datagram)
    return len(datagram) - datagram[-1] if datagram[-1] else -1


class Sender:
    """The numbers of one outgoing stream: source, sequence, timestamp."""

    def __init__(self) -> None:
        self.ssrc = secrets.randbits(32)
        self.timestamp = secrets.randbits(32)
        """Of the next frame."""
        self._sequence = secrets.randbits(16)

    def audio(
        self, payload_type: int, payload: bytes, samples: int, *, marker: bool = False
    ) -> bytes:
        """A packet of audio; the clock goes on by its samples."""
        made = self._packet(payload_type, self.timestamp, payload, marker)
        self.skip(samples)
        return made

    def event(
        self, payload_type: int, payload: bytes, timestamp: int, *, marker: bool = False
    ) -> bytes:
        """A packet of a key that began at `timestamp` (RFC 4733, section 2.2); see `skip`."""
        return self._packet(payload_type, timestamp, payload, marker)

    def skip(self, samples: int) -> None:
        """Time passes without audio."""
        self.timestamp = (self.timestamp + samples) & 0xFFFFFFFF

    def _packet(self, payload_type: int, timestamp: int, payload: bytes, marker: bool) -> bytes:
        packet = Packet(payload_type, self._sequence, timestamp, self.ssrc, payload, marker)
        self._sequence = (self._sequence + 1) & 0xFFFF
        return packet.to_bytes()
