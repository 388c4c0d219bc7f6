"""Two ends of a SIP call on the loopback, and what happened to them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

from softswitch.sip.agent import UserAgent
from softswitch.sip.call import SipCall
from softswitch.sip.ending import EndReason
from softswitch.sip.incoming import IncomingCall
from softswitch.sip.message import Request, Response
from softswitch.sip.offer import AudioSession
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.parse import parse
from softswitch.sip.sdp import SessionDescription
from softswitch.sip.timers import Timers
from softswitch.sip.uri import Address

LIMIT = 40.0
"""Seconds after which a test gives up waiting; nothing waits that long when all is well."""
OFFER = AudioSession("127.0.0.1", 40000).offer()
ANSWER = AudioSession("127.0.0.1", 40002).offer()
BRISK = Timers(t1=0.02, t2=0.16, t4=0.2)
"""RFC 3261's clock, 25 times as fast: a transaction gives up after 1.28 s."""
T = TypeVar("T")


async def soon(waiting: Awaitable[T]) -> T:
    return await asyncio.wait_for(waiting, LIMIT)


class Ears:
    """The callbacks of one call as futures."""

    def __init__(self, call: SipCall) -> None:
        loop = asyncio.get_running_loop()
        self.call = call
        self.ended: asyncio.Future[EndReason] = loop.create_future()
        self.info: asyncio.Future[tuple[str, bytes]] = loop.create_future()
        self.acked: asyncio.Future[None] = loop.create_future()
        self.rung: asyncio.Future[tuple[int, SessionDescription | None]] = loop.create_future()
        self.answered: asyncio.Future[SessionDescription | None] = loop.create_future()
        self.failed: asyncio.Future[tuple[int, str]] = loop.create_future()
        self.reanswered: asyncio.Future[SessionDescription] = loop.create_future()
        call.on_end = self.ended.set_result
        call.on_info = lambda kind, body: self.info.set_result((kind, body))
        call.on_reanswer = self.reanswered.set_result
        if isinstance(call, IncomingCall):
            call.on_ack = lambda: self.acked.set_result(None)
        if isinstance(call, OutgoingCall):
            call.on_ringing = lambda *facts: self.rung.done() or self.rung.set_result(facts)
            call.on_answer = self.answered.set_result
            call.on_failure = lambda *facts: self.failed.set_result(facts)


class Desk:
    """A user agent that notes the calls which reach it."""

    def __init__(self, take: Callable[[IncomingCall], None] | None = None, **options: Any) -> None:
        self.taken: asyncio.Queue[Ears] = asyncio.Queue()
        self._take = take
        self.agent = UserAgent(on_invite=self._on_invite, **options)

    def _on_invite(self, call: IncomingCall) -> None:
        self.taken.put_nowait(Ears(call))
        if self._take:
            self._take(call)

    @property
    def address(self) -> Address:
        return self.agent.address

    def uri(self, user: str = "100") -> str:
        return f"sip:{user}@{self.address[0]}:{self.address[1]}"

    def call(self, other: "Desk | Address", **options: Any) -> Ears:
        host, port = other.address if isinstance(other, Desk) else other
        given = {"offer": OFFER, "from_uri": self.uri("1000"), "from_name": "Ann"} | options
        return Ears(self.agent.invite(f"sip:100@{host}:{port}", **given))

    async def next_call(self) -> Ears:
        return await soon(self.taken.get())


@asynccontextmanager
async def desks(*wanted: Desk) -> AsyncIterator[None]:
    for desk in wanted:
        await desk.agent.start("127.0.0.1", 0)
    try:
        yield
    finally:
        for desk in wanted:
            await desk.agent.stop()


class Wire(asyncio.DatagramProtocol):
    """A bare UDP socket for saying what no proper phone would say."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        self.last_source: Address = ("", 0)
        self.transport: asyncio.DatagramTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.last_source = addr
        self.heard.put_nowait(data)

    @property
    def address(self) -> Address:
        found: Address = self.transport.get_extra_info("sockname")
        return found

    def say(self, datagram: bytes, to: Address) -> None:
        self.transport.sendto(datagram, to)

    async def request(self, method: str) -> Request:
        """The next request of that method."""
        while True:
            message = parse(await soon(self.heard.get()))
            if isinstance(message, Request) and message.method == method:
                return message

    async def response(self, *, final: bool = True) -> Response:
        """The next response; provisional ones are passed over unless asked for."""
        while True:
            message = parse(await soon(self.heard.get()))
            if isinstance(message, Response) and (not final or message.status >= 200):
                return message


@asynccontextmanager
async def wire() -> AsyncIterator[Wire]:
    loop = asyncio.get_running_loop()
    _, made = await loop.create_datagram_endpoint(Wire, local_addr=("127.0.0.1", 0))
    try:
        yield made
    finally:
        made.transport.close()
