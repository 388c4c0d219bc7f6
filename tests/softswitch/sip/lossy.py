"""A network that loses datagrams: a UDP relay between a caller and a desk."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from softswitch.sip.uri import Address
from tests.softswitch.sip.doubles import Wire, wire

LOSS = 0.1
MOST_COPIES_LOST = 4
"""Of one datagram; the next copy gets through, so that a test's outcome is not left to luck."""


class Relay:
    def __init__(self, near: Wire, far: Wire, desk: Address, seed: int) -> None:
        self.lost = 0
        self._chance = random.Random(seed)
        self._copies: Counter[bytes] = Counter()
        self._near, self._far = near, far
        self._desk = desk
        self._caller: Address | None = None

    @property
    def address(self) -> Address:
        return self._near.address

    async def carry_out(self) -> None:
        while True:
            datagram = await self._near.heard.get()
            self._caller = self._near.last_source
            if not self._loses(datagram):
                self._far.say(datagram, self._desk)

    async def carry_in(self) -> None:
        while True:
            datagram = await self._far.heard.get()
            if self._caller and not self._loses(datagram):
                self._near.say(datagram, self._caller)

    def _loses(self, datagram: bytes) -> bool:
        if self._copies[datagram] >= MOST_COPIES_LOST or self._chance.random() >= LOSS:
            return False
        self._copies[datagram] += 1
        self.lost += 1
        return True


@asynccontextmanager
async def relay(desk: Address, seed: int) -> AsyncIterator[Relay]:
    async with wire() as near, wire() as far:
        made = Relay(near, far, desk, seed)
        tasks = [asyncio.create_task(made.carry_out()), asyncio.create_task(made.carry_in())]
        try:
            yield made
        finally:
            for task in tasks:
                task.cancel()
