"""Where a switch's audio goes: a sink that nobody reads, or an ear that keeps all times."""

import socket

import numpy as np
import numpy.typing as npt

from .rtp import FRAME_SECONDS, HEADER, is_audio
from .stamped import HOST, StampedSocket

Times = npt.NDArray[np.float64]


class Sink:
    """A port for the audio of calls that are not listened to: the kernel drops what is too much.

    One for any number of calls, so that listening costs the machine nothing.
    """

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        self.socket.setblocking(False)
        self.socket.bind((HOST, 0))
        self.port: int = self.socket.getsockname()[1]

    def close(self) -> None:
        self.socket.close()


class Ear:
    """One call's audio: when each packet came, and (where `keep_audio`) what was in it."""

    def __init__(self, keep_audio: bool = False) -> None:
        self._stamped = StampedSocket(self._receive)
        self.socket = self._stamped.socket
        self.port = self._stamped.port
        self.times: list[float] = []
        self.payloads: list[bytes] = []
        self._keep_audio = keep_audio

    def close(self) -> None:
        self._stamped.close()

    def gaps(self) -> Times:
        """Seconds between each packet and the next, in order of arrival."""
        return np.diff(np.array(self.times))

    def _receive(self, at: float, packet: bytes) -> None:
        if not is_audio(packet):
            return
        self.times.append(at)
        if self._keep_audio:
            self.payloads.append(packet[HEADER:])


def milliseconds_at(gaps: Times, percent: float) -> float:
    """The percentile of some seconds, in milliseconds; 0 of none."""
    return float(np.percentile(gaps, percent) * 1000) if len(gaps) else 0.0


def playing(gaps: Times) -> Times:
    """Without the silences between two prompts, in which a switch may send nothing."""
    return gaps[gaps < 25 * FRAME_SECONDS]
