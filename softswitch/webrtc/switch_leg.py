"""The plain side of a browser's call: RTP to and from the switch, as any phone would."""

import asyncio
from collections.abc import Callable

from softswitch.media.frame import FRAME, Samples
from softswitch.media.g711 import encode
from softswitch.media.rtp import Packet, Sender, parse_packet
from softswitch.sip.uri import Address

PCMU = 0


class SwitchLeg(asyncio.DatagramProtocol):
    def __init__(self, on_packet: Callable[[Packet], None]) -> None:
        self.address: Address = ("", 0)
        self._on_packet = on_packet
        self._transport: asyncio.DatagramTransport | None = None
        self._remote: Address | None = None
        self._sender = Sender()
        self._begun = False

    async def open(self, host: str) -> None:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(host, 0))
        self.address = self._transport.get_extra_info("sockname")[:2]

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()
        self._transport = None

    def agree(self, remote: Address) -> None:
        """Where the switch listens; nobody else is heard."""
        self._remote = remote

    def datagram_received(self, data: bytes, source: Address) -> None:
        packet = parse_packet(data) if source[:2] == self._remote else None
        if packet is not None and packet.payload_type == PCMU:
            self._on_packet(packet)

    def send(self, frame: Samples) -> None:
        """One frame of the browser's; lost before the switch has told where it listens."""
        if self._transport is None or self._remote is None:
            self._sender.skip(FRAME)
            return
        payload = encode("PCMU", frame)
        packet = self._sender.audio(PCMU, payload, FRAME, marker=not self._begun)
        self._begun = True
        self._transport.sendto(packet, self._remote)
