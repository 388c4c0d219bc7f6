"""From one room to another: how long whoever moves hears neither."""

import asyncio
from collections.abc import Iterable
from contextlib import ExitStack

from tests.switches import FreeSwitch, SoftSwitch

from .audience import SETTLE
from .callers import Phones
from .controllers import rooms_box
from .exchange import Exchange, InstalledPlan, exchange
from .on_air import REST, ROUNDS, SPREAD, Delays, at_percent
from .process_cpu import wait_until_idle
from .report import Report
from .seats import TABLE
from .sounds import MENU_HERTZ, OK_HERTZ
from .tone_caller import ToneCaller


def run(quick: bool) -> Iterable[Report]:
    for kind in (SoftSwitch, FreeSwitch):
        with ExitStack() as stack:
            at = stack.enter_context(exchange(kind, InstalledPlan))
            wait_until_idle(stack.enter_context(rooms_box(at)))
            gaps, moves = asyncio.run(_moves(at, 8 if quick else ROUNDS))
            yield _report(kind.name, gaps, moves)


async def _moves(at: Exchange, rounds: int) -> tuple[Delays, Delays]:
    """Seconds in which one who moves hears neither room, and from the key to the other one."""
    phones = Phones(at.sip)
    here = ToneCaller(phones, TABLE, "1", hums=MENU_HERTZ)
    there = ToneCaller(phones, TABLE, "1", hums=OK_HERTZ)
    mover = ToneCaller(phones, TABLE, "1")
    tones = (MENU_HERTZ, OK_HERTZ)
    gaps, moves = [], []
    try:
        for one in (here, there, mover):
            await one.enter()
        await asyncio.sleep(SETTLE)
        await there.caller.press("5")
        await mover.hears(MENU_HERTZ, there.caller.key_ended_at + REST)
        for turn in range(rounds):
            old, new = tones if turn % 2 == 0 else tones[::-1]
            await asyncio.sleep(REST + turn * SPREAD % 0.02)
            await mover.caller.press("5")
            heard = await mover.hears(new, mover.caller.key_ended_at)
            gaps.append(heard - mover.last(old, heard))
            moves.append(heard - mover.caller.key_ended_at)
            mover.forget()
        return gaps, moves
    finally:
        for one in (here, there, mover):
            await one.leave()
        phones.close()


def _report(switch: str, gaps: Delays, moves: Delays) -> Report:
    found = Report(f"moving: {len(gaps)} moves from room to room on {switch}")
    for percent, name in ((50, "p50"), (100, "longest")):
        found.add(f"in neither room: {name}", at_percent(gaps, percent), "ms")
        found.add(f"key to the other room: {name}", at_percent(moves, percent), "ms")
    return found
