"""One end of a call's audio on a plain UDP socket: talks, listens, sends and hears keys.

RTP is RFC 3550, telephone events are RFC 4733.
"""

import random
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.listening import MULAW_SILENCE, Samples, from_mulaw, heard_in, heard_in_parts, to_mulaw

FRAME = 160
"""Samples in a packet of 20 ms at 8 kHz."""
FRAME_SECONDS = 0.02
PCMU = 0
EVENTS = 101
KEYS = "0123456789*#ABCD"
LIKE = 0.95
"""Likeness of what a switch plays: it is the same sound but for the coding."""
SAID = 0.8
"""Likeness of what another phone says: each packet lost between two clocks spoils a part."""
BREATH = 2000
"""Samples."""
KEY_FRAMES = 5
"""A key lasts 100 ms."""


@dataclass(frozen=True, slots=True)
class Packet:
    at: float
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes


def parse(data: bytes, at: float) -> Packet | None:
    if len(data) < 12 or data[0] >> 6 != 2:
        return None
    _, kind, sequence, timestamp, ssrc = struct.unpack("!BBHII", data[:12])
    return Packet(at, kind & 0x7F, sequence, timestamp, ssrc, data[12:])


class Line:
    """Sends a packet every 20 ms (silence when there is nothing to say) and keeps what comes."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.packets: list[Packet] = []
        self.peer: tuple[str, int] | None = None
        self._to_say: deque[bytes] = deque()
        self._hum: list[bytes] = []
        self._key_frames: deque[tuple[bytes, bool]] = deque()
        self._ssrc = random.getrandbits(32)
        self._sequence = random.getrandbits(15)
        self._timestamp = random.getrandbits(31)
        self._closed = threading.Event()
        self._threads = [threading.Thread(target=run) for run in (self._listen, self._talk)]
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def close(self) -> None:
        self._closed.set()
        self.socket.sendto(b"", self.socket.getsockname())  # Wakes the listener.
        for thread in self._threads:
            thread.join(timeout=5)
        self.socket.close()

    def say(self, samples: Samples) -> None:
        """After a breath, since a switch may drop the first packets of a connection."""
        coded = bytes([MULAW_SILENCE]) * BREATH + to_mulaw(samples)
        coded += bytes([MULAW_SILENCE]) * (-len(coded) % FRAME)
        self._to_say.extend(coded[at : at + FRAME] for at in range(0, len(coded), FRAME))

    def hum(self, samples: Samples) -> None:
        """From now on, over and over, where there is nothing to say; of no samples, no more."""
        coded = to_mulaw(samples)
        self._hum = [coded[at : at + FRAME] for at in range(0, len(coded) - FRAME + 1, FRAME)]

    def press(self, keys: str) -> None:
        """Send keys as telephone events, each of 100 ms with 100 ms between."""
        for key in keys:
            code = KEYS.index(key)
            for number in range(1, KEY_FRAMES + 1):
                payload = struct.pack("!BBH", code, 10, number * FRAME)
                self._key_frames.append((payload, number == 1))
            # RFC 4733, 2.5.1.4: the last packet of an event is sent three times.
            last = struct.pack("!BBH", code, 0x80 | 10, KEY_FRAMES * FRAME)
            self._key_frames.extend([(last, False)] * 3)
            self._key_frames.extend([(b"", False)] * KEY_FRAMES)

    def unsaid(self) -> float:
        """Seconds of what is to be said that have not been sent yet."""
        return len(self._to_say) * FRAME_SECONDS

    def wait_said(self, limit: float = 30.0) -> None:
        """Until everything to say and to press has been sent."""
        deadline = time.monotonic() + limit
        while self._to_say or self._key_frames:
            assert time.monotonic() < deadline, "there is still something to say"
            self._closed.wait(FRAME_SECONDS)

    def heard(self) -> Samples:
        """All audio received, each packet at its place by time stamp."""
        audio = [packet for packet in list(self.packets) if packet.payload_type == PCMU]
        pieces: list[Samples] = []
        for ssrc in dict.fromkeys(packet.ssrc for packet in audio):
            pieces.append(place([packet for packet in audio if packet.ssrc == ssrc]))
        return np.concatenate(pieces) if pieces else np.zeros(0)

    def hears(self, expected: Samples, limit: float = 5.0) -> float:
        """Likeness of `expected` in what is heard, waiting for the last packets to arrive."""
        return self._heard_by(heard_in, expected, limit, LIKE)

    def hears_said(self, expected: Samples, limit: float = 8.0) -> float:
        """The same for what another phone says, in parts: see `heard_in_parts`."""
        return self._heard_by(heard_in_parts, expected, limit, SAID)

    def _heard_by(
        self,
        judge: Callable[[Samples, Samples], float],
        expected: Samples,
        limit: float,
        enough: float,
    ) -> float:
        deadline = time.monotonic() + limit
        while (score := judge(expected, self.heard())) < enough:
            if time.monotonic() > deadline:
                break
            self._closed.wait(5 * FRAME_SECONDS)
        return score

    def keys_heard(self) -> str:
        """Keys received as telephone events, each once, when its end was heard."""
        keys: dict[tuple[int, int], str] = {}
        for packet in list(self.packets):
            if packet.payload_type == EVENTS and len(packet.payload) >= 4:
                code, flags = packet.payload[:2]
                if flags & 0x80 and code < len(KEYS):
                    keys[packet.ssrc, packet.timestamp] = KEYS[code]
        return "".join(keys.values())

    def wait_keys(self, keys: str, limit: float = 5.0) -> None:
        """Until exactly these keys have been heard. Raises AssertionError after the limit."""
        deadline = time.monotonic() + limit
        while self.keys_heard() != keys and time.monotonic() < deadline:
            self._closed.wait(FRAME_SECONDS)
        assert self.keys_heard() == keys

    def _listen(self) -> None:
        while not self._closed.is_set():
            packet = parse(self.socket.recv(4096), time.monotonic())
            if packet:
                self.packets.append(packet)

    def _talk(self) -> None:
        due = time.monotonic()
        event_started = 0
        while not self._closed.is_set():
            due += FRAME_SECONDS
            self._closed.wait(max(0.0, due - time.monotonic()))
            if self.peer is None:
                continue
            event, starts = self._key_frames.popleft() if self._key_frames else (b"", False)
            event_started = self._timestamp if starts else event_started
            if event:
                self._send(EVENTS, event_started, event, marker=starts)
            else:
                self._send(PCMU, self._timestamp, self._next_frame())
            self._timestamp += FRAME

    def _next_frame(self) -> bytes:
        if self._to_say:
            return self._to_say.popleft()
        hum = self._hum
        if hum:
            return hum[self._timestamp // FRAME % len(hum)]
        return bytes([MULAW_SILENCE]) * FRAME

    def _send(self, kind: int, timestamp: int, payload: bytes, marker: bool = False) -> None:
        self._sequence += 1
        head = struct.pack(
            "!BBHII",
            0x80,
            (0x80 if marker else 0) | kind,
            self._sequence & 0xFFFF,
            timestamp & 0xFFFFFFFF,
            self._ssrc,
        )
        peer = self.peer
        if peer is not None:
            try:
                self.socket.sendto(head + payload, peer)
            except OSError:
                return  # The far port is closed already: the call is ending.


def place(audio: list[Packet]) -> Samples:
    """One sender's packets in order; a lost packet leaves its silence.

    A jump of the time stamp with no packet lost is closed up, as a phone's buffer does:
    FreeSWITCH makes one of 20 ms soon after it begins to send.
    """
    pieces: list[Samples] = []
    due = audio[0].sequence
    for packet in audio:
        lost = (packet.sequence - due) & 0xFFFF
        if 0 < lost <= 50:
            pieces.append(np.zeros(lost * FRAME))
        pieces.append(from_mulaw(packet.payload))
        due = packet.sequence + 1
    return np.concatenate(pieces)
