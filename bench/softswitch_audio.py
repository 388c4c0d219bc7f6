"""Audio of the embedded switch: CPU of a core and evenness, from 50 calls to its limit."""

import asyncio
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tests.switches import SoftSwitch

from .ears import Ear, Sink, Times, milliseconds_at, playing
from .exchange import NATIVE_LONG, Exchange, exchange
from .held_calls import SAMPLE, HeldCalls
from .process_cpu import CpuMeter
from .report import Report

LEVELS = (50, 100, 200, 400)
JUDGED = 50
GAP_TARGET = 30.0
"""Milliseconds at p99; a packet is due every 20."""
BROKEN = 100.0
"""Milliseconds at p99 from which no more calls are tried."""
PER_SECOND = 20.0
SETTLE = 1.0
"""Seconds between the last answer and the measuring."""


@dataclass(frozen=True, slots=True)
class Heard:
    calls: int
    lost: int
    cpu: float
    """Percent of a core."""
    gaps: Times

    def gap(self, percent: float) -> float:
        return milliseconds_at(self.gaps, percent)


def run(quick: bool) -> Iterable[Report]:
    seconds, levels = (5.0, LEVELS[:1]) if quick else (10.0, LEVELS)
    bases = [asyncio.run(_paced(level, seconds)) for level in levels]
    with exchange(SoftSwitch) as at:
        heard = asyncio.run(_levels(at, levels, seconds))
    yield _report(bases, heard)


async def _levels(at: Exchange, levels: Iterable[int], seconds: float) -> list[Heard]:
    """Each level on top of the one before; ends where calls are lost or sound broken."""
    calls = HeldCalls(at.sip, NATIVE_LONG)
    found = []
    try:
        for level in levels:
            await calls.grow(level, PER_SECOND)
            await asyncio.sleep(SETTLE)
            meter = CpuMeter(at.pid)
            gaps = await calls.gaps(seconds)
            found.append(Heard(level, calls.lost, meter.seconds() / seconds * 100, gaps))
            if calls.lost or found[-1].gap(99) > BROKEN:
                break
    finally:
        await calls.end()
    return found


async def _paced(calls: int, seconds: float) -> Heard:
    ears, sink = [Ear() for _ in range(SAMPLE)], Sink()
    ports = [str(port) for port in (*(ear.port for ear in ears), sink.port)]
    command = [sys.executable, "-m", "bench.pacing", str(calls), *ports]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        meter = CpuMeter(process.pid)
        await asyncio.sleep(seconds)
        cpu = meter.seconds() / seconds * 100
        process.terminate()
    gaps = np.concatenate([playing(ear.gaps()) for ear in ears])
    sink.close()
    for ear in ears:
        ear.close()
    return Heard(calls, 0, cpu, gaps)


def _report(bases: list[Heard], heard: list[Heard]) -> Report:
    found = Report("softswitch_audio: calls that hear a prompt and send 50 packets a second")
    for base, one in zip(bases, heard, strict=False):
        name = f"{one.calls} calls"
        found.add(f"{name}: CPU of a core", one.cpu, "%", base.cpu)
        found.add(f"{name}: gap p50", one.gap(50), "ms", base.gap(50))
        if one.calls == JUDGED:
            found.at_most(f"{name}: gap p99", one.gap(99), "ms", GAP_TARGET, base.gap(99))
            found.at_most(f"{name}: lost", one.lost, "calls", 0)
        else:
            found.add(f"{name}: gap p99", one.gap(99), "ms", base.gap(99))
            found.add(f"{name}: lost", one.lost, "calls")
    found.notes.append(
        "baseline: a loop that only sends the same packets; it receives and decodes nothing"
    )
    return found
