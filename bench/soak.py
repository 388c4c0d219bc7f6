"""Thousands of short calls through a whole box: does it keep what they took?

`python -m bench.soak [--calls N] [--per-second N] [--switch freeswitch]`; `make soak`.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from appliance.asking import ask
from appliance.settings import load
from tests.end_to_end.box import Box
from tests.end_to_end.waiting import eventually
from tests.listening import to_mulaw

from . import machine
from .caller import Caller
from .callers import Phones, at_a_rate
from .ears import Sink
from .errors import SwitchRefused
from .footprint import Footprint, footprint
from .report import Report
from .rtp import FRAME

CALLS, PER_SECOND = 20_000, 10.0
NUMBER = "600"
PAPER = f'routes:\n  - {{number: "{NUMBER}", flow: soak}}\n'
FLOW = Path(__file__).parent / "flows" / "soak.yaml"
SUBSCRIBER = "1234"
BREATH = 0.6
"""Seconds before a key."""
PROMPT = 3.0
"""Seconds until the tone has sounded."""
MESSAGE = 3.0
"""Seconds that a message is long."""
QUERY_WORKERS = 2
"""Each begins, and opens its source, when all others are busy for the first time: so few are there
within the first half."""
LOOKS = 35
"""At a box at rest, for more than a minute: the worker asks the switch something each minute."""
SAMPLES = 40
"""Of each half."""
SAMPLE_EVERY = 2.0
"""Seconds at least between two looks at memory."""
GROWTH = 1.05
"""The last quarter of the calls beside the second."""
REST_WITHIN = 60.0
SPOKEN = 0.3 * np.sin(2 * np.pi * 300 * np.arange(int(8000 * MESSAGE)) / 8000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("--per-second", type=float, default=PER_SECOND)
    parser.add_argument("--switch", choices=["embedded", "freeswitch"], default="embedded")
    options = parser.parse_args()
    print(machine.describe(), flush=True)
    report = run(options.calls, options.per_second, options.switch)
    print(report.text())
    raise SystemExit(any(row.met is False for row in report.rows))


def run(calls: int, per_second: float, switch: str) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        box = Box(Path(folder) / "home", switch, query_workers=str(QUERY_WORKERS))
        try:
            box.done("demo")
            box.done("publish", str(FLOW))
            box.take_in(PAPER)
            box.start()
            return _soak(box, calls, per_second)
        finally:
            box.close()


def _soak(box: Box, calls: int, per_second: float) -> Report:
    """In two halves: what is open after the first, as the threads of all pools, may stay."""
    half = calls // 2
    failures, samples = asyncio.run(_calls(box, half, per_second))
    before, greenlets = _at_rest(box, half), _greenlets(box)
    more, later = asyncio.run(_calls(box, calls - half, per_second))
    samples += later
    after = _at_rest(box, calls)
    report = Report(f"soak: {calls} short calls, {per_second:g} a second, {box.switch}")
    report.at_most("calls that failed", len(failures) + len(more), "calls", 0)
    report.at_most("calls left open in the store", len(box.ledger.open_calls()), "calls", 0)
    report.at_least("calls in the store", _kept(box), "calls", calls)
    report.at_most("greenlets left", max(0, _greenlets(box) - greenlets), "greenlets", 0)
    for name in sorted(set(before) & set(after)):
        _compare(report, name, before[name], after[name], [s[name] for s in samples if name in s])
    report.notes += sorted({str(failure) for failure in [*failures, *more]})[:5]
    return report


def _compare(
    report: Report, name: str, before: Footprint, after: Footprint, samples: Sequence[Footprint]
) -> None:
    report.at_most(f"{name}: files left open", max(0, after.files - before.files), "files", 0)
    report.at_most(f"{name}: threads left", max(0, after.threads - before.threads), "threads", 0)
    report.add(f"{name}: memory at rest", after.megabytes, "MB", before.megabytes)
    quarter = len(samples) // 4
    if quarter:
        second = _memory(samples[quarter : 2 * quarter])
        last = _memory(samples[-quarter:])
        report.within(f"{name}: memory, last quarter", last, "MB", GROWTH, second)
        if last > GROWTH * second:
            course = " ".join(f"{sample.megabytes:.0f}" for sample in samples)
            report.notes.append(f"{name}, MB all the while: {course}")


def _memory(samples: Iterable[Footprint]) -> float:
    return float(np.mean([sample.megabytes for sample in samples]))


def _at_rest(box: Box, calls: int) -> dict[str, Footprint]:
    """When the box is done with so many; what it still has after a while is what it keeps, and not
    a connection that happens to be open in one of several looks."""
    with suppress(AssertionError):
        eventually(lambda: _kept(box) >= calls and not box.ledger.open_calls(), "rest", REST_WITHIN)
    least: dict[str, Footprint] = {}
    for _ in range(LOOKS):
        time.sleep(SAMPLE_EVERY)
        for name, found in _footprint(box).items():
            least[name] = min(found, least.get(name, found), key=lambda one: one.files)
    return least


def _footprint(box: Box) -> dict[str, Footprint]:
    process = box.freeswitch.process if box.freeswitch else None
    return footprint(box.home, process.pid if process else None)


def _kept(box: Box) -> int:
    [(ended,)] = box.ledger.ask("SELECT count(*) FROM call WHERE ended_at IS NOT NULL")
    return int(ended)


def _greenlets(box: Box) -> int:
    return int(ask(load(box.environment), "box.greenlets"))


async def _calls(
    box: Box, calls: int, per_second: float
) -> tuple[list[SwitchRefused], list[dict[str, Footprint]]]:
    phones, sink = Phones(box.sip), Sink()
    samples: list[dict[str, Footprint]] = []
    every = max(SAMPLE_EVERY, calls / per_second / SAMPLES)
    looking = asyncio.ensure_future(_look(box, every, samples))

    async def call_once(number: int) -> None:
        caller = phones.caller(NUMBER, sink, f"555{number:05}")
        try:
            await caller.dial()
            await _talk(caller, number)
        finally:
            phones.calls.pop(caller.leg.call_id, None)

    try:
        failures = await at_a_rate(calls, per_second, call_once)
    finally:
        looking.cancel()
        phones.close()
        sink.close()
    return failures, samples


async def _look(box: Box, every: float, samples: list[dict[str, Footprint]]) -> None:
    while True:
        await asyncio.sleep(every)
        samples.append(await asyncio.to_thread(_footprint, box))


async def _talk(caller: Caller, number: int) -> None:
    """Of ten callers one leaves a message, one hangs up at once, eight ask."""
    await asyncio.sleep(BREATH)
    if number % 10 == 1:
        await caller.hang_up()
        return
    if number % 10 == 0:
        await _leave_message(caller)
    else:
        await _ask(caller)
    await caller.until_ended()


async def _ask(caller: Caller) -> None:
    await caller.press("1")
    await asyncio.sleep(BREATH)
    for key in SUBSCRIBER:
        await caller.press(key)


async def _leave_message(caller: Caller) -> None:
    await caller.press("2")
    caller.talking = True
    await asyncio.sleep(PROMPT)
    said = to_mulaw(SPOKEN)
    caller.say(said[at : at + FRAME] for at in range(0, len(said), FRAME))
    while not caller.has_spoken:
        await asyncio.sleep(0.1)
    await caller.press("#")


if __name__ == "__main__":
    main()
