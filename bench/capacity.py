"""How many calls one box holds: 300 for a minute, then more until it fails; native beside it."""

import asyncio
from collections.abc import Iterable
from contextlib import ExitStack

from tests.switches import FreeSwitch

from .ears import milliseconds_at
from .exchange import LOOP, NATIVE_LONG, Exchange, WidePlan, exchange
from .held_calls import HeldCalls
from .pressline_box import pressline_box
from .process_cpu import CpuMeter
from .report import Report
from .rtp import FRAME_SECONDS

HELD = 300
HELD_SECONDS = 60.0
PER_SECOND = 30.0
STEP = 100
STEP_SECONDS = 5.0
HIGHEST = 1500
"""Where the ramp ends even without a failure."""
FAILS_AT = 40.0
"""Milliseconds of gap at p99: a packet in a hundred misses its turn, which callers hear."""


def run(quick: bool) -> Iterable[Report]:
    with ExitStack() as stack:
        at = stack.enter_context(exchange(FreeSwitch, WidePlan))
        box = stack.enter_context(pressline_box(at))
        held, seconds = (50, 10.0) if quick else (HELD, HELD_SECONDS)
        yield asyncio.run(_hold(at, box, held, seconds))
        highest = 100 if quick else HIGHEST
        yield _ramp_report(
            asyncio.run(_ramp(at, NATIVE_LONG, highest)), asyncio.run(_ramp(at, LOOP, highest))
        )


async def _hold(at: Exchange, box: int, held: int, seconds: float) -> Report:
    calls = HeldCalls(at.sip, LOOP)
    switch, controller = CpuMeter(at.pid), CpuMeter(box)
    try:
        await calls.grow(held, PER_SECOND)
        gaps = await calls.gaps(seconds)
        lost = calls.lost
    finally:
        await calls.end()
    spent = held / PER_SECOND + seconds
    found = Report(f"capacity: {held} calls at once for {seconds:.0f} s, FreeSWITCH and Pressline")
    found.at_most("calls lost", lost, "calls", 0)
    found.add("gap p50", milliseconds_at(gaps, 50), "ms", FRAME_SECONDS * 1000)
    found.add("gap p99", milliseconds_at(gaps, 99), "ms", FRAME_SECONDS * 1000)
    found.add("CPU of a core, switch", switch.seconds() / spent * 100, "%")
    found.add("CPU of a core, controller", controller.seconds() / spent * 100, "%")
    found.notes += [str(failure) for failure in calls.failures[:3]]
    return found


async def _ramp(at: Exchange, dialled: str, highest: int) -> tuple[int, str]:
    """The most calls held without a fault, and the fault that came next."""
    calls = HeldCalls(at.sip, dialled)
    held = 0
    try:
        for level in range(STEP, highest + 1, STEP):
            await calls.grow(level, PER_SECOND)
            gap = await _gap(calls)
            if calls.lost:
                first = f" ({calls.failures[0]})" if calls.failures else ""
                return held, f"{calls.lost} of {level} calls were lost{first}"
            if gap > FAILS_AT:
                return held, f"at {level} calls the gap p99 was {gap:.0f} ms"
            held = level
        return held, "no failure up to there"
    finally:
        await calls.end()


async def _gap(calls: HeldCalls) -> float:
    """Milliseconds at p99; a bad one is measured again, as the machine may have been disturbed."""
    gap = milliseconds_at(await calls.gaps(STEP_SECONDS), 99)
    if gap > FAILS_AT and not calls.lost:
        gap = min(gap, milliseconds_at(await calls.gaps(STEP_SECONDS), 99))
    return gap


def _ramp_report(native: tuple[int, str], box: tuple[int, str]) -> Report:
    found = Report(f"capacity: calls held, {STEP} more at a time until the first failure")
    found.add("native dialplan", native[0], "calls")
    found.add("Pressline", box[0], "calls", native[0])
    found.notes += [f"native: {native[1]}", f"Pressline: {box[1]}"]
    found.notes.append(
        f"a failure is a lost call, or a gap of more than {FAILS_AT:g} ms at p99, twice; "
        "the callers and the switch share this machine"
    )
    return found
