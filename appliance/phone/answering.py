"""A desk phone that answers by itself: registers, rings, speaks or echoes, notes what it hears."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from appliance.phone.audio_line import AudioLine
from appliance.phone.heard import Heard
from softswitch.media.g711 import Samples
from softswitch.media.rtp import Packet
from softswitch.sip.agent import UserAgent
from softswitch.sip.digest import Credentials
from softswitch.sip.ending import EndReason
from softswitch.sip.errors import NotAcceptable
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.offer import AudioSession
from softswitch.sip.repeat import Handle
from softswitch.sip.sdp import SessionDescription

_EXPIRES = 300
_GOODBYE = 2.0
"""Seconds that we wait for the answers to our BYEs."""


@dataclass(frozen=True, slots=True)
class Manners:
    """What the phone does with a call."""

    answer_after: float | None = 0.0
    """Seconds of ringing; None rings for ever."""
    refuse_with: int = 0
    """SIP status to refuse with instead of ringing; 0 for none."""
    speak: Samples | None = None
    """Spoken upon the answer; 8000 samples a second."""
    echo: bool = False
    """Says back what it hears."""
    hang_up_after: float | None = None
    """Seconds after the answer; None leaves that to the other side."""


class AnsweredCall:
    """One call at the answering phone."""

    def __init__(self, call: IncomingCall, manners: Manners, host: str) -> None:
        loop = asyncio.get_running_loop()
        self.caller_name = call.remote_name
        self.caller_uri = call.remote_uri
        self.keys: list[str] = []
        self.answered: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[EndReason | None] = loop.create_future()
        """Why the other side ended it; None when this phone hung up."""
        self._call = call
        self._manners = manners
        self._host = host
        self._heard = Heard()
        self._line = AudioLine(self._on_audio, self.keys.append)
        self._answered_at = 0.0
        self._timers: list[Handle] = []
        self._audio: AudioSession
        call.on_end = self._on_end
        call.on_reoffer = self._on_reoffer
        call.on_info = self._on_info

    @property
    def heard(self) -> Samples:
        """From the answer on, 8000 samples a second."""
        return self._heard.samples()

    async def take(self) -> None:
        """Rings, and answers when it is time."""
        self._audio = AudioSession(self._host, await self._line.open(self._host), name="Phone")
        if self._manners.refuse_with:
            self._call.refuse(self._manners.refuse_with)
            self._finish(None)
            return
        self._call.ring()
        if self._manners.answer_after is not None:
            self._later(self._manners.answer_after, self.answer)

    def answer(self) -> None:
        if self.ended.done() or self.answered.done():
            return
        try:
            if self._call.remote_sdp is None:
                raise NotAcceptable("a call without an offer")
            sdp, self._line.agreed = self._audio.answer(self._call.remote_sdp)
        except NotAcceptable:
            self._call.refuse(488)
            self._finish(None)
            return
        self._answered_at = asyncio.get_running_loop().time()
        self._call.answer(sdp)
        self.answered.set_result(None)
        if self._manners.speak is not None:
            self._line.speak(self._manners.speak)
        if self._manners.hang_up_after is not None:
            self._later(self._manners.hang_up_after, self.hang_up)

    def hang_up(self) -> None:
        self._call.hangup()
        self._finish(None)

    async def close(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self.hang_up()
        await self._line.close()

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        self._timers.append(asyncio.get_running_loop().call_later(seconds, call))

    def _finish(self, reason: EndReason | None) -> None:
        if not self.ended.done():
            self.ended.set_result(reason)

    def _on_end(self, reason: EndReason) -> None:
        self._line.agreed = None
        self._finish(reason)

    def _on_audio(self, packet: Packet, samples: Samples) -> None:
        now = asyncio.get_running_loop().time() - self._answered_at
        self._heard.add(packet, samples, now)
        if self._manners.echo:
            self._line.speak(samples)

    def _on_reoffer(self, offer: SessionDescription) -> bytes:
        answer, self._line.agreed = self._audio.answer(offer)
        return answer

    def _on_info(self, kind: str, body: bytes) -> None:
        head, _, rest = body.partition(b"Signal=")
        if kind == "application/dtmf-relay" and not head.strip() and rest:
            self.keys.append(rest[:1].decode("latin-1"))


class AnsweringPhone:
    """`async with AnsweringPhone(...) as phone:` then `await phone.next_call()`."""

    def __init__(self, user: str = "200", manners: Manners | None = None) -> None:
        self.user = user
        self.manners = manners or Manners()
        """May be changed between calls."""
        self.calls: list[AnsweredCall] = []
        self._coming: asyncio.Queue[AnsweredCall] = asyncio.Queue()
        self._agent = UserAgent(on_invite=self._on_invite, product="Pressline-Phone")
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Self:
        """`host` is an address of ours that the switch can reach, so not 0.0.0.0."""
        await self._agent.start(host, port)
        return self

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *error: object) -> None:
        await self.stop()

    @property
    def uri(self) -> str:
        host, port = self._agent.address
        return f"sip:{self.user}@{host}:{port}"

    async def register(self, registrar_uri: str, secret: str, expires: int = _EXPIRES) -> None:
        """At the switch, so that calls to the user come here. Raises RegistrationFailed."""
        credentials = Credentials(self.user, secret)
        await self._agent.register(registrar_uri, credentials, self.user, expires)

    async def next_call(self) -> AnsweredCall:
        return await self._coming.get()

    async def stop(self) -> None:
        for call in self.calls:
            await call.close()
        await self._agent.drain(_GOODBYE)
        await self._agent.stop()

    def _on_invite(self, call: IncomingCall) -> None:
        taken = AnsweredCall(call, self.manners, self._agent.address[0])
        self.calls.append(taken)
        self._coming.put_nowait(taken)
        task = asyncio.get_running_loop().create_task(taken.take())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
