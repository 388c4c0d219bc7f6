"""One call from a browser: answered here, placed anew at the switch, ended together."""

import asyncio
import logging
import re
from collections.abc import Callable

from softswitch.sip.agent import UserAgent
from softswitch.sip.ending import EndReason
from softswitch.sip.errors import BadHeader, NotAcceptable
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.offer import AudioSession
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.phase import Phase
from softswitch.sip.sdp import SessionDescription
from softswitch.sip.uri import Address, parse_uri
from softswitch.webrtc.browser_leg import BrowserLeg
from softswitch.webrtc.keys import key_in
from softswitch.webrtc.passes import Caller
from softswitch.webrtc.switch_leg import SwitchLeg

log = logging.getLogger(__name__)

_NUMBER = re.compile(r"[0-9*#+]{1,20}\Z")
_CONNECTED_WITHIN = 30.0
"""Seconds from the answer until sound must flow."""


class PhoneCall:
    def __init__(
        self,
        call: IncomingCall,
        caller: Caller,
        agent: UserAgent,
        switch: Address,
        on_over: Callable[["PhoneCall"], None],
    ) -> None:
        self._call = call
        self._caller = caller
        self._agent = agent
        self._switch = switch
        self._on_over = on_over
        self._browser = BrowserLeg(lambda frame: self._plain.send(frame))
        self._plain = SwitchLeg(self._browser.hear)
        self._placed: OutgoingCall | None = None
        self._answer = b""
        self._patience: asyncio.TimerHandle | None = None
        self._closing: asyncio.Task[None] | None = None
        call.on_end = self._browser_left
        call.on_info = self._pressed
        self._browser.on_lost = lambda: self.hang_up(503)

    async def run(self) -> None:
        """Connects both sides. Never raises: what fails ends the call."""
        try:
            await self._connect()
        except NotAcceptable as error:
            log.info("call %s is refused: %s", self._call.call_id[:80], error)
            self.hang_up(488)
        except Exception:
            log.exception("call %s could not be connected", self._call.call_id[:80])
            self.hang_up(500)

    async def _connect(self) -> None:
        number = _number_in(self._call.request_uri)
        if not number:
            self.hang_up(404)
            return
        if self._call.remote_sdp is None:
            raise NotAcceptable("a call without an offer")
        self._answer = await self._browser.answer(self._call.remote_sdp)
        await self._plain.open(self._agent.endpoint.own_address(self._switch)[0])
        if self._closing is None:
            self._place(number)
        else:  # the browser left meanwhile
            self._plain.close()

    def _place(self, number: str) -> None:
        audio = AudioSession(*self._plain.address, codecs=("PCMU",), name="Pressline")
        host, port = self._switch
        placed = self._agent.invite(
            f"sip:{number}@{host}:{port}",
            offer=audio.offer(),
            from_uri=f"sip:{self._caller.number}@{host}",
            from_name=self._caller.name,
            destination=self._switch,
        )
        placed.on_ringing = self._rings
        placed.on_answer = self._answered
        placed.on_reoffer = lambda offer: self._renewed(audio, offer)
        placed.on_end = self._switch_left
        self._placed = placed

    def _rings(self, status: int, sdp: SessionDescription | None) -> None:
        if sdp is not None:
            self._hear(sdp)
        self._call.ring(*((183, self._answer) if sdp is not None else (180,)))

    def _answered(self, sdp: SessionDescription | None) -> None:
        if sdp is not None:
            self._hear(sdp)
        self._call.answer(self._answer)
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(_CONNECTED_WITHIN, self._check_sound)

    def _renewed(self, audio: AudioSession, offer: SessionDescription) -> bytes:
        """The switch puts the call on hold, takes it back, or listens elsewhere."""
        answer, _ = audio.answer(offer)
        self._hear(offer)
        return answer

    def _hear(self, sdp: SessionDescription) -> None:
        if sdp.audio is not None:
            self._plain.agree((sdp.audio.host, sdp.audio.port))

    def _check_sound(self) -> None:
        if not self._browser.is_connected:
            log.info("call %s: no sound came from the browser", self._call.call_id[:80])
            self.hang_up(503)

    def _pressed(self, kind: str, body: bytes) -> None:
        key = key_in(kind, body)
        if key is not None and self._placed is not None and self._placed.phase is Phase.ANSWERED:
            self._placed.send_info("application/dtmf-relay", key)

    def _browser_left(self, reason: EndReason) -> None:
        if self._placed is not None:
            self._placed.hangup()
        self._over()

    def _switch_left(self, reason: EndReason) -> None:
        refused = reason.status if 400 <= reason.status < 700 else 480
        self._call.hangup(refused, reason.reason_header)
        self._over()

    def hang_up(self, status: int) -> None:
        """Ends both sides; `status` is told to a browser that was not answered yet."""
        self._call.hangup(status)
        if self._placed is not None:
            self._placed.hangup()
        self._over()

    def _over(self) -> None:
        if self._closing is not None:
            return
        if self._patience is not None:
            self._patience.cancel()
        self._plain.close()
        self._closing = asyncio.get_running_loop().create_task(self._browser.close())
        self._on_over(self)


def _number_in(uri: str) -> str:
    """What was dialled; empty for anything but digits, stars and the like."""
    try:
        user = parse_uri(uri).user
    except BadHeader:
        return ""
    return user if _NUMBER.match(user) else ""
