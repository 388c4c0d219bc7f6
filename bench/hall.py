"""One expert line with hundreds of listeners: what each hears, and what it costs the box."""

import asyncio
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from tests.switches import FreeSwitch, SoftSwitch, Switch

from .audience import Audience
from .controllers import rooms_box
from .counted import Counted
from .exchange import exchange
from .process_cpu import CpuMeter, wait_until_idle
from .report import Report
from .seats import HOST, LISTENER, native

LISTENERS: dict[type[Switch], int] = {SoftSwitch: 50, FreeSwitch: 300}
SECONDS = 20.0
KEYS_PER_SECOND = 2.0
"""Listeners who ask for a word meanwhile."""
CPU_TARGET = 15.0
"""Percent of a core for the callbox."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it was heard and what it took."""

    calls_lost: int
    heard: list[Counted]
    switch_cpu: float
    """Percent of a core."""
    box_cpu: float = 0.0
    joining_cpu: float = 0.0
    """Seconds of the box for one call that comes in."""

    @property
    def common(self) -> int:
        """Packets of the signal that nobody has heard: lost before they were mixed."""
        return min((one.lost for one in self.heard), default=0)

    @property
    def lost(self) -> int:
        """At the listeners: beyond those, and those that never came by their numbers."""
        return sum(one.lost - self.common + one.never_sent for one in self.heard)

    @property
    def deaf(self) -> int:
        """Listeners who have heard less than nine tenths of what most have."""
        usual = np.median([one.heard for one in self.heard]) if self.heard else 0.0
        return sum(one.heard < 0.9 * usual or not one.heard for one in self.heard)


def run(quick: bool) -> Iterable[Report]:
    for kind, listeners in LISTENERS.items():
        size, seconds = (listeners // 5, 5.0) if quick else (listeners, SECONDS)
        yield _on(kind, size, seconds)


def _on(kind: type[Switch], listeners: int, seconds: float) -> Report:
    with ExitStack() as stack:
        at = stack.enter_context(exchange(kind))
        base = asyncio.run(_session(at.sip, at.pid, None, listeners, seconds))
        box = stack.enter_context(rooms_box(at))
        wait_until_idle(box)
        held = asyncio.run(_session(at.sip, at.pid, box, listeners, seconds))
    return _report(f"hall: {listeners} listeners on {kind.name}, {seconds:.0f} s", base, held)


async def _session(
    sip: tuple[str, int], switch: int, box: int | None, listeners: int, seconds: float
) -> Held:
    """With the box's process, or by the dialplan alone."""
    seats = (HOST, LISTENER) if box else (native(HOST), native(LISTENER))
    audience = Audience(sip)
    try:
        joining = CpuMeter(box) if box else None
        await audience.seat([(seats[0], "1", True)])
        await audience.seat([(seats[1], "1", False)] * listeners)
        joined = joining.seconds() / (listeners + 1) if joining else 0.0
        meter, own = CpuMeter(switch), CpuMeter(box) if box else None
        began = asyncio.get_running_loop().time()
        asking = asyncio.ensure_future(_ask(audience, listeners, seconds))
        heard = await audience.listen(seconds)
        await asking
        spent = (asyncio.get_running_loop().time() - began) / 100
        cpu = meter.seconds() / spent
        return Held(audience.lost, heard, cpu, own.seconds() / spent if own else 0.0, joined)
    finally:
        await audience.leave()


async def _ask(audience: Audience, listeners: int, seconds: float) -> None:
    for number in range(round(seconds * KEYS_PER_SECOND)):
        await asyncio.gather(
            audience.press("1", number % listeners), asyncio.sleep(1 / KEYS_PER_SECOND)
        )


def _report(title: str, base: Held, held: Held) -> Report:
    found = Report(title)
    found.at_most("calls lost", held.calls_lost, "calls", 0, base.calls_lost)
    found.at_most("listeners who miss a part", held.deaf, "listeners", 0, base.deaf)
    found.at_most("packets lost at listeners", held.lost, "packets", 0, base.lost)
    found.add("packets of the voice lost before the room", held.common, "packets", base.common)
    found.add("heard by each, median", _median(held), "packets", _median(base))
    found.at_most("CPU of a core, box", held.box_cpu, "%", CPU_TARGET)
    found.add("CPU of a core, switch", held.switch_cpu, "%", base.switch_cpu)
    found.add("CPU of the box, a call that comes in", held.joining_cpu * 1000, "ms")
    found.notes.append(
        "baseline: the same room entered by the dialplan alone; "
        f"{KEYS_PER_SECOND:g} listeners a second press a key"
    )
    return found


def _median(held: Held) -> float:
    return float(np.median([one.heard for one in held.heard])) if held.heard else 0.0
