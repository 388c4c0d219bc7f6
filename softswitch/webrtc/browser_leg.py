"""The browser's side of a call: ICE, DTLS and SRTP by aiortc, PCMU only."""

import asyncio
import logging
from collections.abc import Callable

from aiortc import RTCPeerConnection, RTCRtpReceiver, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack
from aiortc.rtcrtpparameters import RTCRtpCodecCapability

from softswitch.media.frame import Samples
from softswitch.media.rtp import Packet
from softswitch.sip.errors import NotAcceptable
from softswitch.sip.sdp import SessionDescription
from softswitch.webrtc.sound import FromSwitch, carry

log = logging.getLogger(__name__)

_MAX_OFFER = 16_000
"""Bytes: a browser's offer of audio alone has some 3,000."""
_MAX_CANDIDATES = 40


class BrowserLeg:
    def __init__(self, to_switch: Callable[[Samples], None]) -> None:
        self.on_lost: Callable[[], None] = lambda: None
        """The browser cannot be reached any more."""
        self._to_switch = to_switch
        self._from_switch = FromSwitch()
        self._connection = RTCPeerConnection()
        self._carrying: asyncio.Task[None] | None = None
        self._connection.on("track", self._on_track)
        self._connection.on("connectionstatechange", self._on_state)

    async def answer(self, offer: SessionDescription) -> bytes:
        """Our description, with all addresses in it. Raises NotAcceptable."""
        check_offer(offer)
        sender = self._connection.addTrack(self._from_switch)
        transceiver = next(
            each for each in self._connection.getTransceivers() if each.sender is sender
        )
        # Before the offer is set: aiortc looks at the preferences only then.
        transceiver.setCodecPreferences(_pcmu())
        text = offer.raw.decode("utf-8", "replace")
        try:
            await self._connection.setRemoteDescription(RTCSessionDescription(text, "offer"))
            await self._connection.setLocalDescription(await self._connection.createAnswer())
        except Exception as error:
            # aiortc reads hostile text with a parser that raises whatever comes.
            raise NotAcceptable(f"an offer that aiortc cannot answer: {error!r:.200}") from error
        return str(self._connection.localDescription.sdp).encode()

    def hear(self, packet: Packet) -> None:
        """Something of the switch's, for the browser."""
        self._from_switch.put(packet)

    async def close(self) -> None:
        if self._carrying is not None:
            self._carrying.cancel()
        self._from_switch.stop()
        await self._connection.close()

    @property
    def is_connected(self) -> bool:
        return bool(self._connection.connectionState == "connected")

    def _on_track(self, track: MediaStreamTrack) -> None:
        if track.kind == "audio" and self._carrying is None:
            self._carrying = asyncio.create_task(carry(track, self._to_switch))

    def _on_state(self) -> None:
        if self._connection.connectionState in ("failed", "closed"):
            self.on_lost()


def check_offer(offer: SessionDescription) -> None:
    """Raises NotAcceptable for anything but one line of encrypted audio of a bearable size."""
    if len(offer.raw) > _MAX_OFFER or offer.raw.count(b"a=candidate") > _MAX_CANDIDATES:
        raise NotAcceptable(f"an offer of {len(offer.raw)} bytes, expected audio from a browser")
    kinds = [(media.kind, media.protocol) for media in offer.media]
    if kinds != [("audio", "UDP/TLS/RTP/SAVPF")]:
        raise NotAcceptable(f"media {str(kinds)[:80]}, expected one line of encrypted audio")


def _pcmu() -> list[RTCRtpCodecCapability]:
    known = RTCRtpReceiver.getCapabilities("audio")
    return [codec for codec in (known.codecs if known else ()) if codec.mimeType == "audio/PCMU"]
