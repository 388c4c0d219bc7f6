"""Sound between aiortc and the switch's frames."""

import asyncio
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError

from softswitch.media.frame import FRAME, Samples
from softswitch.media.rtp import Packet

_CLOCK = Fraction(1, 8000)
_WAITING = 25
"""Packets, 0.5 s: what a stalled connection holds; older ones are dropped."""


class FromSwitch(MediaStreamTrack):
    """What the browser hears: the switch's packets go out as they come, G.711 as it is."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._packets: asyncio.Queue[Packet] = asyncio.Queue(_WAITING)

    def put(self, packet: Packet) -> None:
        if self._packets.full():
            self._packets.get_nowait()
        self._packets.put_nowait(packet)

    async def recv(self) -> "av.Packet[Any]":
        packet = await self._packets.get()
        made = av.Packet(packet.payload)
        made.pts = packet.timestamp
        made.time_base = _CLOCK
        return made


async def carry(track: MediaStreamTrack, to_switch: Callable[[Samples], None]) -> None:
    """Give on what the browser says, until it ends."""
    rest: Samples = np.zeros(0, np.int16)
    try:
        while True:
            frame = await track.recv()
            if not isinstance(frame, av.AudioFrame):
                continue
            samples = np.concatenate([rest, frame.to_ndarray().reshape(-1).astype(np.int16)])
            rest = samples[len(samples) // FRAME * FRAME :]
            for whole in _frames(samples):
                to_switch(whole)
    except MediaStreamError:
        pass


def _frames(samples: Samples) -> Iterator[Samples]:
    for at in range(0, len(samples) - FRAME + 1, FRAME):
        yield samples[at : at + FRAME]
