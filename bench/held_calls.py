"""Calls that stay up and hear something: how many a switch holds, and how evenly it plays."""

import asyncio

import numpy as np

from .caller import Caller
from .callers import Phones, at_a_rate
from .ears import Ear, Sink, Times, playing
from .errors import SwitchRefused

SAMPLE = 50
"""Calls whose packets are timed; a sample, so that measuring costs the same at any number."""


class HeldCalls:
    """Calls to one number, each also sending 50 packets a second."""

    def __init__(self, switch: tuple[str, int], dialled: str) -> None:
        self.failures: list[SwitchRefused] = []
        self._phones = Phones(switch)
        self._dialled = dialled
        self._sink = Sink()
        self._ears: list[Ear] = []
        self._calls: list[Caller] = []

    async def grow(self, to: int, per_second: float) -> None:
        """Place calls until `to` of them were placed; those that fail are kept in `failures`."""

        async def place(_: int) -> None:
            caller = self._phones.caller(self._dialled, self._line())
            self._calls.append(caller)
            await caller.dial()
            caller.talking = True

        self.failures += await at_a_rate(to - len(self._calls), per_second, place)

    async def gaps(self, seconds: float) -> Times:
        """Seconds between packets of the sampled calls, listened to for a while."""
        for ear in self._ears:
            ear.times.clear()
        await asyncio.sleep(seconds)
        return np.concatenate([playing(ear.gaps()) for ear in self._ears])

    @property
    def held(self) -> int:
        """Calls that are up now."""
        return sum(call.answered_at > 0 and not call.ended.done() for call in self._calls)

    @property
    def lost(self) -> int:
        """Calls that were refused, not answered, or hung up by the switch."""
        return len(self._calls) - self.held

    async def end(self) -> None:
        """Hang up."""
        live = [call for call in self._calls if call.answered_at and not call.ended.done()]
        for call in live:
            call.talking = False
        await at_a_rate(len(live), 200, lambda number: live[number].hang_up())
        self._phones.close()
        self._sink.close()
        for ear in self._ears:
            ear.close()

    def _line(self) -> Ear | Sink:
        if len(self._ears) == SAMPLE:
            return self._sink
        self._ears.append(Ear())
        return self._ears[-1]
