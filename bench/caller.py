"""One call, as its caller makes it."""

import asyncio
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

from . import sip_texts
from .errors import SwitchRefused
from .rtp import FRAME_SECONDS, KEY_FRAMES, SILENCE, Sender
from .sip_texts import HOST, Heard, Leg

T1 = 0.5
"""Seconds before an INVITE is sent again, doubled each time (RFC 3261, 17.1.1.2)."""
ANSWER_LIMIT = 10.0
END_LIMIT = 30.0


class Line(Protocol):
    """Where a call's audio goes to and comes from."""

    port: int

    @property
    def socket(self) -> socket.socket: ...


class Caller:
    """One call: dialled at once, answered and ended by the switch."""

    def __init__(self, send: Callable[[bytes], None], leg: Leg, line: Line) -> None:
        """`send` takes SIP messages for the switch; `line` takes the call's audio."""
        loop = asyncio.get_running_loop()
        self.leg = leg
        self.line = line
        self.invited_at = 0.0
        self.answered_at = 0.0
        self.key_ended_at = 0.0
        self.talking = False
        """Whether it sends audio, 50 packets a second: what it has to say, else silence."""
        self.sender = Sender()
        self._to_say: deque[bytes] = deque()
        self.answered: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[None] = loop.create_future()
        self._send = send
        self._to_tag = ""
        self._media = (HOST, 0)

    @property
    def seconds_to_answer(self) -> float:
        return self.answered_at - self.invited_at

    @property
    def media_port(self) -> int:
        """Of the switch; 0 before the answer."""
        return self._media[1]

    async def dial(self) -> None:
        """Until the answer. Raises SwitchRefused."""
        message = sip_texts.invite(self.leg, self.line.port)
        self.invited_at = time.time()
        wait, deadline = T1, self.invited_at + ANSWER_LIMIT
        while not self.answered.done():
            self._send(message)
            await asyncio.wait([self.answered], timeout=wait)
            wait *= 2
            if time.time() > deadline:
                raise SwitchRefused(f"{self.leg.dialled}: no answer in {ANSWER_LIMIT:.0f} s")
        self.answered.result()

    async def press(self, key: str) -> None:
        """As RFC 4733 says; `key_ended_at` is when its end was first sent."""
        talking, self.talking = self.talking, False
        due = asyncio.get_running_loop().time()
        for number, packet in enumerate(self.sender.key(key)):
            self.send_media(packet)
            if number == KEY_FRAMES:
                self.key_ended_at = time.time()
            due += FRAME_SECONDS
            await asyncio.sleep(due - asyncio.get_running_loop().time())
        self.talking = talking

    def say(self, frames: Iterable[bytes]) -> None:
        """From now on, while talking."""
        self._to_say.extend(frames)

    def talk(self) -> None:
        """The next 20 ms."""
        self.send_media(self.sender.audio(self._to_say.popleft() if self._to_say else SILENCE))

    @property
    def has_spoken(self) -> bool:
        return not self._to_say

    def send_media(self, packet: bytes) -> None:
        try:
            self.line.socket.sendto(packet, self._media)
        except OSError:
            return  # The far port is closed already: the call is ending.

    async def until_ended(self, limit: float = END_LIMIT) -> None:
        """Raises SwitchRefused when the switch does not hang up within `limit` seconds."""
        try:
            await asyncio.wait_for(asyncio.shield(self.ended), limit)
        except TimeoutError as error:
            raise SwitchRefused(f"{self.leg.dialled}: not ended in {limit:.0f} s") from error

    async def hang_up(self) -> None:
        """Raises SwitchRefused when the switch does not answer the BYE."""
        for _ in range(8):
            if self.ended.done():
                return
            self._send(sip_texts.bye(self.leg, self._to_tag))
            await asyncio.wait([self.ended], timeout=T1)
        raise SwitchRefused(f"{self.leg.dialled}: BYE was not answered")

    def hear(self, at: float, heard: Heard) -> None:
        if heard.status == 200 and heard.method == "INVITE":
            self._hear_answer(at, heard)
        elif heard.status >= 300 and heard.method == "INVITE":
            self._send(sip_texts.ack(self.leg, heard.to_tag))
            self._fail(f"refused with {heard.status}")
        elif heard.status >= 200 and heard.method == "BYE":
            self._end()
        elif not heard.status and heard.method == "BYE":
            self._send(heard.answer())
            self._end()

    def _hear_answer(self, at: float, heard: Heard) -> None:
        self._to_tag = heard.to_tag
        self._media = (HOST, heard.media_port)
        self._send(sip_texts.ack(self.leg, self._to_tag))
        if not self.answered.done():
            self.answered_at = at
            self.answered.set_result(None)

    def _end(self) -> None:
        self._fail("hung up before the answer")
        self.talking = False
        if not self.ended.done():
            self.ended.set_result(None)

    def _fail(self, reason: str) -> None:
        if not self.answered.done():
            self.answered.set_exception(SwitchRefused(f"{self.leg.dialled}: {reason}"))
