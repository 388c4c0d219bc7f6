"""A caller in a room who hums one tone and hears what others hum, packet by packet."""

import asyncio
from collections.abc import Callable
from itertools import repeat

import numpy as np

from tests.listening import from_mulaw, to_mulaw

from .caller import Caller
from .callers import Phones
from .ears import Ear
from .errors import SwitchRefused
from .rtp import FRAME, FRAME_SECONDS
from .sounds import RATE, strength

HEARD = 0.6
"""Share of a packet's sound that must be one tone."""
LIMIT = 10.0
LONG = 600.0
"""Seconds that one hums."""


class ToneCaller:
    def __init__(self, phones: Phones, dialled: str, shown: str, hums: int = 0) -> None:
        """`hums`: its tone in Hertz, with whole cycles in 20 ms; 0 for silence."""
        self.ear = Ear(keep_audio=True)
        self.caller: Caller = phones.caller(dialled, self.ear, shown)
        self._hums = hums

    async def enter(self) -> None:
        await self.caller.dial()
        if self._hums:
            wave = np.sin(2 * np.pi * self._hums * np.arange(FRAME) / RATE)
            self.caller.say(repeat(to_mulaw(0.3 * wave), round(LONG / FRAME_SECONDS)))
        self.caller.talking = True

    async def leave(self) -> None:
        self.caller.talking = False
        await self.caller.hang_up()
        self.ear.close()

    async def hears(self, hertz: int, after: float) -> float:
        """When the first packet with this tone came. Raises SwitchRefused when none comes."""
        return await self._first(lambda payload: is_tone(payload, hertz), after, f"{hertz} Hz")

    async def ceases_to_hear(self, hertz: int, after: float) -> float:
        return await self._first(lambda payload: not is_tone(payload, hertz), after, "its end")

    def last(self, hertz: int, before: float) -> float:
        """When the last packet with this tone came; 0 for none."""
        pairs = zip(reversed(self.ear.times), reversed(self.ear.payloads), strict=True)
        return next((at for at, said in pairs if at < before and is_tone(said, hertz)), 0.0)

    def forget(self) -> None:
        """What was heard so far."""
        self.ear.times.clear()
        self.ear.payloads.clear()

    async def _first(self, wanted: Callable[[bytes], bool], after: float, what: str) -> float:
        loop = asyncio.get_running_loop()
        deadline, read = loop.time() + LIMIT, 0
        while loop.time() < deadline:
            for at, payload in zip(self.ear.times[read:], self.ear.payloads[read:], strict=True):
                read += 1
                if at > after and wanted(payload):
                    return at
            await asyncio.sleep(FRAME_SECONDS / 2)
        raise SwitchRefused(f"{what} was not heard")


def is_tone(payload: bytes, hertz: int) -> bool:
    return strength(from_mulaw(payload), hertz) > HEARD
