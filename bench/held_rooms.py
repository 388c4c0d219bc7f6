"""Rooms held for a while, by a box or by the dialplan alone: what was heard, and what it took."""

import asyncio
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from tests.switches import Switch

from .audience import Audience
from .controllers import rooms_box
from .counted import Counted
from .exchange import Exchange, InstalledPlan, exchange
from .process_cpu import CpuMeter, wait_until_idle
from .report import Report
from .seats import native

KEYS_PER_SECOND = 2.0
"""Listeners who ask for a word meanwhile."""
CPU_TARGET = 15.0
"""Percent of a core for the callbox."""

Places = list[tuple[str, str, bool]]
"""The number dialled, the one shown, and whether that caller speaks."""


@dataclass(frozen=True, slots=True)
class Held:
    calls_lost: int
    heard: list[Counted]
    """By each listener."""
    switch_cpu: float
    """Percent of a core."""
    box_cpu: float = 0.0
    joining_cpu: float = 0.0
    """Seconds of the box for one call that comes in."""

    @property
    def lost(self) -> int:
        """By the listener who lost most: of the signal, or by the packets' own numbers."""
        return max((max(one.lost, one.never_sent) for one in self.heard), default=0)

    @property
    def deaf(self) -> int:
        """Listeners who have heard less than nine tenths of what most have."""
        return sum(one.heard < 0.9 * self.usual or not one.heard for one in self.heard)

    @property
    def usual(self) -> float:
        """Packets of the signal that half of the listeners have heard."""
        return float(np.median([one.heard for one in self.heard])) if self.heard else 0.0


def compared(title: str, kind: type[Switch], places: Places, seconds: float) -> Report:
    """The same rooms by the dialplan alone, and by a box. Raises `NotMeasured`."""
    with ExitStack() as stack:
        at = stack.enter_context(exchange(kind, InstalledPlan))
        alone = [(native(number), shown, speaks) for number, shown, speaks in places]
        base = asyncio.run(_hold(at, alone, None, seconds))
        box = stack.enter_context(rooms_box(at))
        wait_until_idle(box)
        return _report(title, base, asyncio.run(_hold(at, places, box, seconds)))


async def _hold(at: Exchange, places: Places, box: int | None, seconds: float) -> Held:
    """`box`: its process."""
    audience = Audience(at.sip)
    switch = CpuMeter(at.pid)
    own = CpuMeter(box) if box else None
    loop = asyncio.get_running_loop()
    try:
        await audience.seat(places)
        joined = own.seconds() / len(places) if own else 0.0
        before, began = (switch.seconds(), own.seconds() if own else 0.0), loop.time()
        asking = asyncio.ensure_future(_ask(audience, seconds))
        heard = await audience.listen(seconds)
        await asking
        spent = (loop.time() - began) / 100
        return Held(
            audience.lost,
            heard,
            (switch.seconds() - before[0]) / spent,
            (own.seconds() - before[1]) / spent if own else 0.0,
            joined,
        )
    finally:
        await audience.leave()


async def _ask(audience: Audience, seconds: float) -> None:
    for number in range(round(seconds * KEYS_PER_SECOND)):
        await asyncio.gather(audience.press("1", number), asyncio.sleep(1 / KEYS_PER_SECOND))


def _report(title: str, base: Held, held: Held) -> Report:
    found = Report(title)
    found.at_most("calls lost", held.calls_lost, "calls", 0, base.calls_lost)
    found.at_most("listeners who miss a part", held.deaf, "listeners", 0, base.deaf)
    found.at_most("packets lost, at most by one", held.lost, "packets", 0, base.lost)
    found.add("packets heard by each, median", held.usual, "packets", base.usual)
    found.at_most("CPU of a core, box", held.box_cpu, "%", CPU_TARGET)
    found.add("CPU of a core, switch", held.switch_cpu, "%", base.switch_cpu)
    found.add("CPU of the box, a call that comes in", held.joining_cpu * 1000, "ms")
    found.notes.append(
        "baseline: the same rooms entered by the dialplan alone; "
        f"{KEYS_PER_SECOND:g} listeners a second press a key"
    )
    return found
