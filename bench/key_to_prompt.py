"""From the end of a caller's key to the first sound of the next prompt, on both switches."""

import asyncio
from collections.abc import Iterable
from contextlib import ExitStack

import numpy as np

from tests.listening import from_mulaw
from tests.switches import FreeSwitch, SoftSwitch, Switch

from .callers import Phones, at_a_rate
from .controllers import bare_script
from .ears import Ear
from .errors import SwitchRefused
from .exchange import BARE, BOX, NATIVE, exchange
from .pressline_box import pressline_box
from .report import Report
from .sounds import OK_HERTZ, strength

PER_SECOND = 4.0
BEFORE_KEY = 1.5
HEARD = 0.6
"""Of a packet's sound that must be the next prompt's tone; the first one may be cut by the old."""
TARGET = 40.0
"""Milliseconds allowed beyond the native median."""
NAMES = {NATIVE: "native dialplan", BARE: "bare script", BOX: "Pressline"}


def run(quick: bool) -> Iterable[Report]:
    calls = 12 if quick else 60
    for kind in (FreeSwitch, SoftSwitch):
        yield _on(kind, calls)


def _on(kind: type[Switch], calls: int) -> Report:
    found = Report(f"key_to_prompt: on {kind.name}, {calls} calls a line, key by RFC 4733")
    with ExitStack() as stack:
        at = stack.enter_context(exchange(kind))
        stack.enter_context(bare_script(at))
        stack.enter_context(pressline_box(at))
        delays = {number: asyncio.run(key_delays(at.sip, number, calls)) for number in NAMES}
    native = delays[NATIVE]
    for number, name in NAMES.items():
        own = delays[number]
        if number == BOX:
            limit = _at(native, 50) + TARGET
            found.at_most(f"{name}: p50", _at(own, 50), "ms", limit, _at(native, 50))
        else:
            found.add(f"{name}: p50", _at(own, 50), "ms", _at(native, 50))
        found.add(f"{name}: p99", _at(own, 99), "ms", _at(native, 99))
    silent = {NAMES[number]: calls - len(heard) for number, heard in delays.items()}
    found.notes.append(f"target: native + {TARGET:g} ms; prompts not heard: {silent}")
    return found


async def key_delays(switch: tuple[str, int], dialled: str, calls: int) -> list[float]:
    """Seconds, of each call in which the next prompt was heard."""
    phones = Phones(switch)
    found: list[float] = []

    async def call_once(number: int) -> None:
        ear = Ear(keep_audio=True)
        try:
            caller = phones.caller(dialled, ear)
            await caller.dial()
            caller.talking = True
            # Spread over the switch's own 20 ms, whatever its beat is.
            await asyncio.sleep(BEFORE_KEY + number * 0.0037 % 0.02)
            await caller.press("1")
            await caller.until_ended()
        finally:
            ear.close()
        heard_at = _first(ear, caller.key_ended_at)
        if heard_at is None:
            raise SwitchRefused(f"{dialled}: the next prompt was not heard")
        found.append(heard_at - caller.key_ended_at)

    try:
        await at_a_rate(calls, PER_SECOND, call_once)
    finally:
        phones.close()
    return found


def _first(ear: Ear, after: float) -> float | None:
    """When the first packet with the next prompt's tone came."""
    for at, payload in zip(ear.times, ear.payloads, strict=True):
        if at > after and strength(from_mulaw(payload), OK_HERTZ) > HEARD:
            return at
    return None


def _at(seconds: list[float], percent: float) -> float:
    """Milliseconds; infinite when nothing was heard, which meets no target."""
    return float(np.percentile(seconds, percent) * 1000) if seconds else float("inf")
