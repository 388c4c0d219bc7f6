"""From the last key of a PIN to the first sound of the counts, for 10 messages and for 10,000."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

import numpy as np

from ivr_flows.ports import Party
from store.pins import hashed, is_right
from tests.listening import from_mulaw, loudness
from tests.switches import FreeSwitch, SoftSwitch, Switch
from voicemail import boxes

from .box_home import opened
from .caller import Caller
from .callers import Phones, at_a_rate
from .ears import Ear
from .errors import SwitchRefused
from .exchange import LISTEN, exchange
from .mailboxes import FEW, MANY, PIN, fill, save_one
from .patience import LOOK
from .pressline_box import MESSAGES, home_at, pressline_box
from .report import Report

SIZES = {FEW: 10, MANY: 10_000}
VISITS = 9
"""To each box with counts that were never said, and as many again: the small one has no more."""
PER_SECOND = 1.2
TARGET = 300.0
"""Milliseconds."""
PROMPT = 1.5
"""Seconds of a question that are heard before the answer is keyed."""
BETWEEN_KEYS = 0.08
COUNTS_LIMIT = 10.0
AUDIBLE = 0.003
ASKED = 20
"""Times that each part of the work is measured alone."""


@dataclass(slots=True)
class Heard:
    """Seconds from key to sound, by mailbox."""

    fresh: dict[str, list[float]] = field(default_factory=lambda: {FEW: [], MANY: []})
    """Counts that had never been said: a voice has to be made first."""
    known: dict[str, list[float]] = field(default_factory=lambda: {FEW: [], MANY: []})
    failures: Sequence[SwitchRefused] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """Milliseconds of the work on the way."""

    argon2: float
    sign_in: float
    counting_few: float
    counting_many: float


def run(quick: bool) -> Iterable[Report]:
    visits = 3 if quick else VISITS
    for kind in (SoftSwitch, FreeSwitch):
        yield _on(kind, visits)


def _on(kind: type[Switch], visits: int) -> Report:
    with ExitStack() as stack:
        at = stack.enter_context(exchange(kind))
        stack.enter_context(pressline_box(at, MESSAGES))
        stack.enter_context(opened(home_at(at)))
        for number, size in SIZES.items():
            fill(number, size)
        heard = asyncio.run(_visit_often(at.sip, visits))
        return _report(kind.name, heard, _parts())


async def _visit_often(switch: tuple[str, int], visits: int) -> Heard:
    heard = Heard()
    phones = Phones(switch)

    async def call_once(number: int) -> None:
        box = (FEW, MANY)[number % 2]
        is_fresh = number % 4 < 2
        ear = Ear(keep_audio=True)
        try:
            caller = phones.caller(LISTEN, ear)
            seconds = await _visit(caller, ear, box, is_fresh)
        finally:
            ear.close()
        (heard.fresh if is_fresh else heard.known)[box].append(seconds)

    try:
        heard.failures = await at_a_rate(4 * visits, PER_SECOND, call_once)
    finally:
        phones.close()
    return heard


async def _visit(caller: Caller, ear: Ear, box: str, is_fresh: bool) -> float:
    """Seconds from the PIN's end to the counts. Raises SwitchRefused."""
    await caller.dial()
    caller.talking = True
    await asyncio.sleep(PROMPT)
    await _key_in(caller, f"{box}#")
    await asyncio.sleep(PROMPT)
    await _key_in(caller, PIN)
    if is_fresh:
        save_one(box)
    await caller.press("#")
    heard_at = await _first_sound(ear, caller.key_ended_at)
    await caller.hang_up()
    return heard_at - caller.key_ended_at


async def _key_in(caller: Caller, keys: str) -> None:
    for key in keys:
        await caller.press(key)
        await asyncio.sleep(BETWEEN_KEYS)


async def _first_sound(ear: Ear, after: float) -> float:
    """When the first packet came that can be heard. Raises SwitchRefused when there is none."""
    read, deadline = 0, after + COUNTS_LIMIT
    while time.time() < deadline:
        await asyncio.sleep(LOOK)
        while read < len(ear.times):
            if ear.times[read] > after and loudness(from_mulaw(ear.payloads[read])) > AUDIBLE:
                return ear.times[read]
            read += 1
    raise SwitchRefused(f"{LISTEN}: the counts were not heard in {COUNTS_LIMIT:.0f} s")


def _parts() -> Parts:
    """Each alone, in this process, on the box's own store."""
    few, many = boxes.find(FEW), boxes.find(MANY)
    assert few and many
    pin_hash = hashed(PIN)
    return Parts(
        argon2=_median(lambda: is_right(pin_hash, PIN)),
        sign_in=_median(lambda: boxes.sign_in(many, PIN, Party("5550100"))),
        counting_few=_median(lambda: boxes.counts(few)),
        counting_many=_median(lambda: boxes.counts(many)),
    )


def _median(work: Callable[[], object]) -> float:
    """Milliseconds."""
    spent = []
    for _ in range(ASKED):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return float(np.median(spent))


def _report(switch: str, heard: Heard, parts: Parts) -> Report:
    found = Report(f"mailbox_opening: {SIZES[MANY]:,} messages, on {switch}")
    for name, seconds in (("never said before", heard.fresh), ("said before", heard.known)):
        for what, percent in (("p50", 50), ("worst", 100)):
            many, few = (_at(seconds[number], percent) for number in (MANY, FEW))
            found.at_most(f"counts {name}: {what}", many, "ms", TARGET, few)
    found.at_most("not heard", len(heard.failures), "visits", 0)
    found.add("of it, counting", parts.counting_many, "ms", parts.counting_few)
    found.add("of it, the whole sign-in", parts.sign_in, "ms")
    found.add("of that, argon2", parts.argon2, "ms")
    found.notes.append(
        f"baseline: a mailbox of {SIZES[FEW]}; from the end of the PIN's # to the first packet "
        "that can be heard; the store is SQLite"
    )
    found.notes += [str(failure) for failure in heard.failures[:3]]
    return found


def _at(seconds: Sequence[float], percent: float) -> float:
    """Milliseconds; infinite when nothing was heard, which meets no target."""
    return float(np.percentile(seconds, percent) * 1000) if seconds else float("inf")
