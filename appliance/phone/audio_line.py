"""The phone's audio: one UDP socket, a packet every 20 ms, keys in between."""

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from softswitch.media.g711 import Samples, decode, encode
from softswitch.media.rtp import Packet, Sender, parse_packet
from softswitch.media.telephone_event import EventPacket, KeyReader, key_packets
from softswitch.sip.offer import Agreement
from softswitch.sip.uri import Address

FRAME = 160
FRAME_SECONDS = 0.02
KEY_SAMPLES = 800
"""A key lasts 100 ms, as a finger's does at the least."""
KEY_GAP = 4
"""Frames of audio between two keys: 80 ms."""
MAX_WAITING = 180_000
"""Frames waiting to be spoken: an hour; an echo on a held line would grow for ever."""
_SILENCE: Samples = np.zeros(FRAME, np.int16)

OnAudio = Callable[[Packet, Samples], None]


class AudioLine(asyncio.DatagramProtocol):
    """Sends what is queued, or silence; hands on what it hears."""

    def __init__(self, on_audio: OnAudio, on_key: Callable[[str], None]) -> None:
        self.agreed: Agreement | None = None
        """Nothing is sent or heard before there is an agreement."""
        self._on_audio = on_audio
        self._on_key = on_key
        self._keys = KeyReader()
        self._sender = Sender()
        self._frames: deque[Samples] = deque(maxlen=MAX_WAITING)
        self._events: deque[EventPacket] = deque()
        self._event_began = 0
        """Timestamp of the key that is being sent."""
        self._gap = 0
        """Frames until the next key may begin."""
        self._transport: asyncio.DatagramTransport | None = None
        self._pacing: asyncio.Task[None] | None = None

    async def open(self, host: str) -> int:
        """Binds a free port of that address and gives it."""
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.bind((host, 0))
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, sock=made)
        self._pacing = loop.create_task(self._pace())
        port: int = made.getsockname()[1]
        return port

    async def close(self) -> None:
        if self._pacing:
            self._pacing.cancel()
            await asyncio.gather(self._pacing, return_exceptions=True)
        if self._transport:
            self._transport.close()

    def speak(self, samples: Samples) -> None:
        padded = np.pad(samples, (0, -len(samples) % FRAME))
        self._frames.extend(padded.reshape(-1, FRAME))

    def press(self, key: str) -> None:
        """By RFC 4733; `takes_keys` tells whether the other side knows it."""
        self._events.extend(key_packets(key, KEY_SAMPLES))

    @property
    def takes_keys(self) -> bool:
        return self.agreed is not None and self.agreed.event_type is not None

    @property
    def is_idle(self) -> bool:
        return not (self._frames or self._events or self._gap)

    async def _pace(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            if self.agreed and self.agreed.may_send and self._transport:
                self._send_frame(self._transport, self.agreed)
            due = max(due + FRAME_SECONDS, loop.time() - 5 * FRAME_SECONDS)
            await asyncio.sleep(due - loop.time())

    def _send_frame(self, transport: asyncio.DatagramTransport, agreed: Agreement) -> None:
        if self._events and not self._gap and agreed.event_type is not None:
            self._send_events(transport, agreed.remote, agreed.event_type)
            return
        self._gap = max(self._gap - 1, 0)
        frame = self._frames.popleft() if self._frames else _SILENCE
        packet = self._sender.audio(agreed.payload_type, encode(agreed.codec, frame), FRAME)
        transport.sendto(packet, agreed.remote)

    def _send_events(
        self, transport: asyncio.DatagramTransport, remote: Address, event_type: int
    ) -> None:
        """One frame's worth of a key; the repeated ends go out together with the first."""
        if self._events[0].marker:
            self._event_began = self._sender.timestamp
        is_first = True
        while self._events and (is_first or not self._events[0].takes_time):
            event = self._events.popleft()
            made = self._sender.event(
                event_type, event.payload, self._event_began, marker=event.marker
            )
            transport.sendto(made, remote)
            is_first = False
        self._sender.skip(FRAME)
        if not self._events or self._events[0].marker:
            self._gap = KEY_GAP

    def datagram_received(self, data: bytes, addr: Any) -> None:
        packet = parse_packet(data)
        if packet is None or self.agreed is None:
            return
        if packet.payload_type == self.agreed.event_type:
            pressed = self._keys.read_event(packet)
        elif packet.payload_type == self.agreed.payload_type:
            pressed = self._keys.read_audio(packet)
            self._on_audio(packet, decode(self.agreed.codec, packet.payload))
        else:
            return
        for key in pressed:
            self._on_key(key.digit)
