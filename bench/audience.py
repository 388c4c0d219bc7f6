"""Callers in conference rooms: some who speak the counted signal, and many who listen."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from .caller import Caller
from .callers import Phones, at_a_rate
from .counted import Counted, count
from .errors import SwitchRefused
from .gallery import Gallery, Listener
from .voices import speaking

PER_SECOND = 40.0
SETTLE = 2.0
"""Seconds between the last answer and the measuring."""
STRIDES = (1, 2, 3, 5, 7, 11, 13)


@dataclass(slots=True)
class Guest:
    caller: Caller
    line: Listener
    stride: int
    """Of the signal that it says or hears."""
    speaks: bool


class Audience:
    def __init__(self, switch: tuple[str, int]) -> None:
        self.failures: list[SwitchRefused] = []
        self._phones = Phones(switch)
        self._gallery = Gallery()
        self._guests: list[Guest] = []

    async def seat(self, numbers: Sequence[tuple[str, str, bool]]) -> None:
        """For each a call: the number dialled, the one shown (a digit or two), who speaks."""

        async def place(index: int) -> None:
            dialled, shown, speaks = numbers[index]
            line = self._gallery.line()
            stride = STRIDES[int(shown) % len(STRIDES)]
            caller = self._phones.caller(dialled, line, shown)
            self._guests.append(Guest(caller, line, stride, speaks))
            await caller.dial()
            caller.talking = True

        self.failures += await at_a_rate(len(numbers), PER_SECOND, place)
        await asyncio.sleep(SETTLE)

    async def listen(self, seconds: float) -> list[Counted]:
        """What each listener has heard of its speaker's signal."""
        speakers = [guest for guest in self._guests if guest.speaks]
        for guest in speakers:
            guest.caller.talking = False
        voices = [(g.line.socket, g.caller.media_port, g.stride) for g in speakers]
        async with speaking(voices, seconds + 3 * SETTLE):
            await asyncio.sleep(SETTLE)
            await self._gallery.listen(seconds)
        for guest in speakers:
            guest.caller.talking = True
        return [count(guest.line.packets, guest.stride) for guest in self._listeners()]

    async def press(self, key: str, who: int) -> None:
        """By the listener of this number, in the order in which they came, round and round."""
        listeners = self._listeners()
        await listeners[who % len(listeners)].caller.press(key)

    @property
    def lost(self) -> int:
        """Calls that were refused, not answered, or hung up by the switch."""
        return sum(not g.caller.answered_at or g.caller.ended.done() for g in self._guests)

    async def leave(self) -> None:
        live = [g.caller for g in self._guests if g.caller.answered_at]
        for caller in live:
            caller.talking = False
        await at_a_rate(len(live), 200, lambda number: live[number].hang_up())
        self._phones.close()
        self._gallery.close()

    def _listeners(self) -> list[Guest]:
        return [guest for guest in self._guests if not guest.speaks]
