"""How well one stream arrives: what was lost, and how unevenly the rest came (RFC 3550, A.3, A.8).

A few additions a packet, on the media thread.
"""

import socket
import struct
import time
from collections.abc import Sequence

from softswitch.media.frame import RATE
from softswitch.media.rtp import Packet

SO_TIMESTAMPNS = 35
"""asm-generic/socket.h: the kernel tells when each datagram came. We look at sockets once a tick,
so our own clock would only tell of the ticks."""
CONTROL_BYTES = 64
MAX_DROPOUT = 3000
"""Packets; a greater jump is a source that began anew (RFC 3550, A.1)."""
_STAMP = struct.Struct("qq")


class Arrivals:
    def __init__(self) -> None:
        self.received = 0
        self.expected = 0
        self.jitter = 0.0
        """Seconds, the worst so far."""
        self._running = 0.0
        self._source = -1
        self._highest = 0
        self._transit: float | None = None

    @property
    def lost(self) -> int:
        return max(0, self.expected - self.received)

    @property
    def loss(self) -> float:
        """Share, 0 to 1."""
        return self.lost / self.expected if self.expected else 0.0

    def note(self, packet: Packet, at: float, *, is_audio: bool) -> None:
        """A packet came `at` that time, in seconds. Keys share audio's numbers, not its clock."""
        ahead = (packet.sequence - self._highest) & 0xFFFF
        if packet.ssrc != self._source or MAX_DROPOUT < ahead < 0x10000 - MAX_DROPOUT:
            self._begin(packet)
        elif ahead == 0:
            return
        elif ahead <= MAX_DROPOUT:
            self.expected += ahead
            self._highest = packet.sequence
        self.received += 1
        if is_audio:
            self._time(at - packet.timestamp / RATE, packet.marker)

    def _begin(self, packet: Packet) -> None:
        self._source, self._highest = packet.ssrc, packet.sequence
        self.expected += 1
        self._transit = None

    def _time(self, transit: float, anew: bool) -> None:
        """Only differences count: neither clock begins at anything that we know."""
        if self._transit is not None and not anew:
            change = abs(transit - self._transit)
            if change < 10.0:  # a stamp that has wrapped, or a source that changed its mind
                self._running += (change - self._running) / 16
                self.jitter = max(self.jitter, self._running)
        self._transit = transit


def ask_for_stamps(sock: socket.socket) -> None:
    """Where there are none (other systems than Linux) our own clock serves."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    except OSError:
        return


def came_at(control: Sequence[tuple[int, int, bytes]]) -> float:
    """Seconds since 1970."""
    for level, kind, data in control:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS and len(data) >= _STAMP.size:
            seconds, nanoseconds = _STAMP.unpack_from(data)
            return float(seconds) + float(nanoseconds) / 1e9
    return time.time()


def as_variables(arrivals: Arrivals) -> dict[str, str]:
    """In FreeSWITCH's words (switch_core_media.c, set_stats; switch_rtp.c, do_mos)."""
    quality = round(100 * (1 - arrivals.loss))
    mos = 1 + 0.035 * quality + 0.000007 * quality * (quality - 60) * (100 - quality)
    return {
        "rtp_audio_in_jitter_max_variance": f"{(arrivals.jitter * 1000) ** 2:.2f}",
        "rtp_audio_in_jitter_loss_rate": f"{arrivals.loss:.2f}",
        "rtp_audio_in_flaw_total": str(arrivals.lost),
        "rtp_audio_in_quality_percentage": f"{quality:.2f}",
        "rtp_audio_in_mos": f"{mos:.2f}",
    }
