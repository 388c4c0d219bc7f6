"""What a browser does, for tests: SIP on a WebSocket, WebRTC by aiortc."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from fractions import Fraction

import av
import numpy as np
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from websockets.asyncio.client import connect
from websockets.typing import Origin, Subprotocol

from softswitch.sip.agent import UserAgent
from softswitch.sip.digest import Credentials
from softswitch.sip.ending import EndReason
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.sdp import SessionDescription
from softswitch.webrtc.passes import Pass
from softswitch.webrtc.web_socket import WebSocket
from tests.listening import Samples

PAGE = "http://panel.test:8080"
LIMIT = 60.0


class Voice(MediaStreamTrack):
    """Says a tone, 20 ms at a time."""

    kind = "audio"

    def __init__(self, frequency: float) -> None:
        super().__init__()
        self._frequency = frequency
        self._at = 0
        self._began = 0.0

    async def recv(self) -> av.AudioFrame:
        loop = asyncio.get_running_loop()
        self._began = self._began or loop.time()
        await asyncio.sleep(max(0.0, self._began + self._at / 8000 - loop.time()))
        time = (self._at + np.arange(160)) / 8000
        samples = (8000 * np.sin(2 * np.pi * self._frequency * time)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), "s16", "mono")
        frame.sample_rate, frame.pts, frame.time_base = 8000, self._at, Fraction(1, 8000)
        self._at += 160
        return frame


class WebPhone:
    """One page with its phone. Use `web_phone`."""

    def __init__(self, agent: UserAgent, credentials: Credentials) -> None:
        self.agent = agent
        self.credentials = credentials
        self.heard: list[Samples] = []
        self.answered = asyncio.Event()
        self.over = asyncio.Event()
        self.end: EndReason | None = None
        self.call: OutgoingCall
        self._connection = RTCPeerConnection()
        self._listening: asyncio.Task[None] | None = None
        self._connection.on("track", self._listen_to)

    async def dial(self, number: str, frequency: float = 440.0) -> None:
        self._connection.addTrack(Voice(frequency))
        await self._connection.setLocalDescription(await self._connection.createOffer())
        self.invite(number, self._connection.localDescription.sdp.encode())

    def invite(self, number: str, offer: bytes) -> None:
        self.call = self.agent.invite(
            f"sip:{number}@192.0.2.1",
            offer=offer,
            from_uri=f"sip:{self.credentials.user}@192.0.2.1",
            credentials=self.credentials,
            destination=("127.0.0.1", 5060),
        )
        self.call.on_answer = self._answered
        self.call.on_end = self._ended

    def _answered(self, sdp: SessionDescription | None) -> None:
        assert sdp is not None
        self._taking = asyncio.create_task(self._take(sdp.raw.decode()))

    async def _take(self, sdp: str) -> None:
        await self._connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        self.answered.set()

    def _ended(self, reason: EndReason) -> None:
        self.end = reason
        self.over.set()

    def _listen_to(self, track: MediaStreamTrack) -> None:
        self._listening = asyncio.create_task(self._listen(track))

    async def _listen(self, track: MediaStreamTrack) -> None:
        try:
            while True:
                frame = await track.recv()
                assert isinstance(frame, av.AudioFrame)
                self.heard.append(frame.to_ndarray().reshape(-1) / 32768)
        except MediaStreamError:
            pass

    async def hear(self, seconds: float) -> Samples:
        """The first seconds of what comes, however long that takes."""
        async with asyncio.timeout(LIMIT):
            while sum(map(len, self.heard)) < seconds * 8000:
                await asyncio.sleep(0.05)
        return np.concatenate(self.heard)

    def press(self, key: str) -> None:
        """As JsSIP writes it."""
        body = f"Signal={key}\r\nDuration=100\r\n".encode()
        self.call.send_info("application/dtmf-relay", body)

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
        await self._connection.close()


@asynccontextmanager
async def web_phone(port: int, given: Pass, origin: str = PAGE) -> AsyncIterator[WebPhone]:
    """A page that has the phone open. Raises InvalidStatus where it is not let in."""
    url = f"ws://127.0.0.1:{port}/"
    protocols = [Subprotocol("sip")]
    async with connect(url, origin=Origin(origin), subprotocols=protocols) as connection:
        web_socket = WebSocket(connection)
        agent = UserAgent(on_invite=lambda call: call.refuse(486), carried_by=web_socket.carry)
        await agent.start("", 0)
        serving = asyncio.create_task(web_socket.serve())
        phone = WebPhone(agent, Credentials(given.user, given.secret))
        try:
            yield phone
        finally:
            await phone.close()
            await agent.stop()
            serving.cancel()
