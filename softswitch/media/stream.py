"""The two directions of one RTP stream: packets to frames and keys, frames and keys to packets."""

from collections import deque
from collections.abc import Iterator

import numpy as np

from softswitch.media.arrivals import Arrivals
from softswitch.media.frame import FRAME, Samples
from softswitch.media.g711 import decode, encode
from softswitch.media.keys import Key
from softswitch.media.rtp import Packet, Sender, parse_packet
from softswitch.media.telephone_event import EventPacket, KeyReader, Pressed, key_packets

_MAX_KEYS = 200
_PAUSE_FRAMES = 3
"""Frames of silence between two keys that we send: 60 ms, some phones miss closer ones."""
_EMPTY: Samples = np.zeros(0, np.int16)


class Incoming:
    def __init__(self) -> None:
        self.arrivals = Arrivals()
        self._codec = "PCMU"
        self._payload_type = 0
        self._event_type: int | None = None
        self._keys = KeyReader()
        self._rest = _EMPTY
        self._last = -1

    def agree(self, codec: str, payload_type: int, event_type: int | None) -> None:
        self._codec, self._payload_type, self._event_type = codec, payload_type, event_type

    def take(self, datagram: bytes, at: float = 0.0) -> list[Samples | Key] | None:
        """What a packet brought that came `at` that time; None for what is none of this stream."""
        packet = parse_packet(datagram)
        if packet is None:
            return None
        if packet.payload_type == self._event_type:
            self.arrivals.note(packet, at, is_audio=False)
            return [_key(pressed) for pressed in self._keys.read_event(packet)]
        if packet.payload_type != self._payload_type or packet.sequence == self._last:
            return None
        self._last = packet.sequence
        self.arrivals.note(packet, at, is_audio=True)
        late = [_key(pressed) for pressed in self._keys.read_audio(packet)]
        return [*late, *self._frames(packet)]

    def _frames(self, packet: Packet) -> list[Samples]:
        """Packets of any length become frames of 20 ms."""
        samples = decode(self._codec, packet.payload)
        if len(samples) != FRAME or len(self._rest):
            samples = np.concatenate([self._rest, samples])
        whole = len(samples) // FRAME * FRAME
        self._rest = samples[whole:]
        return [samples[at : at + FRAME] for at in range(0, whole, FRAME)]


def _key(pressed: Pressed) -> Key:
    return Key(pressed.digit, pressed.samples, "RTP")


class Outgoing:
    def __init__(self) -> None:
        self.may_send = True
        self._codec = "PCMU"
        self._payload_type = 0
        self._event_type: int | None = None
        self._sender = Sender()
        self._silent = True
        self._keys: deque[Key] = deque(maxlen=_MAX_KEYS)
        self._event: Iterator[EventPacket] | None = None
        self._event_began = 0
        self._pause = 0

    @property
    def ssrc(self) -> int:
        return self._sender.ssrc

    @property
    def takes_keys(self) -> bool:
        return self._event_type is not None

    def agree(self, codec: str, payload_type: int, event_type: int | None) -> None:
        self._codec, self._payload_type, self._event_type = codec, payload_type, event_type

    def send_key(self, key: Key) -> None:
        self._keys.append(key)

    def packets(self, frame: Samples | None) -> list[bytes]:
        """What goes out in this tick. A key takes the place of audio."""
        if not self.may_send:
            self._sender.skip(FRAME)
            return []
        if keys := self._key_packets():
            return keys
        if frame is None:
            self._silent = True
            self._sender.skip(FRAME)
            return []
        marker, self._silent = self._silent, False
        payload = encode(self._codec, frame)
        return [self._sender.audio(self._payload_type, payload, FRAME, marker=marker)]

    def _key_packets(self) -> list[bytes]:
        if self._event_type is None:
            return []
        if self._event is None and not self._next_key():
            return []
        assert self._event is not None
        sent = []
        for event in self._event:
            sent.append(self._packet(self._event_type, event))
            if event.takes_time:
                self._sender.skip(FRAME)
                if not event.payload[1] & 0x80:
                    return sent
        self._event, self._pause = None, _PAUSE_FRAMES
        return sent

    def _packet(self, event_type: int, event: EventPacket) -> bytes:
        return self._sender.event(event_type, event.payload, self._event_began, marker=event.marker)

    def _next_key(self) -> bool:
        if self._pause:
            self._pause -= 1
            return False
        if not self._keys:
            return False
        key = self._keys.popleft()
        self._event = key_packets(key.digit, key.samples)
        self._event_began = self._sender.timestamp
        return True
