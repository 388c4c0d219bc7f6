"""From the host's key to the caller's voice at the listeners."""

import asyncio
import json
import time
from collections.abc import Iterable
from contextlib import ExitStack

import numpy as np

from tests.contract.client import Connection, log_in
from tests.switches import FreeSwitch, SoftSwitch, Switch

from .audience import Audience
from .callers import Phones
from .controllers import rooms_box
from .errors import SwitchRefused
from .exchange import Exchange, InstalledPlan, exchange
from .process_cpu import wait_until_idle
from .report import Report
from .seats import HALL, HOST, LISTENER
from .sounds import OK_HERTZ
from .tone_caller import ToneCaller

LISTENERS: dict[type[Switch], int] = {SoftSwitch: 50, FreeSwitch: 300}
ROUNDS = 40
TARGET = 200.0
"""Milliseconds from the key to the voice."""
REST = 0.4
"""Seconds between two turns."""
SPREAD = 0.0037
"""Seconds by which each turn comes later in the switch's own 20 ms, whatever its beat is."""

Delays = list[float]


def run(quick: bool) -> Iterable[Report]:
    for kind, listeners in LISTENERS.items():
        size, rounds = (listeners // 5, 8) if quick else (listeners, ROUNDS)
        with ExitStack() as stack:
            at = stack.enter_context(exchange(kind, InstalledPlan))
            wait_until_idle(stack.enter_context(rooms_box(at)))
            keys, bare = asyncio.run(_turns(at, size, rounds))
            yield _report(kind.name, size, keys, bare)


async def _turns(at: Exchange, listeners: int, rounds: int) -> tuple[Delays, Delays]:
    """Seconds from the host's key, and from a bare command, to the voice at a listener."""
    crowd, phones = Audience(at.sip), Phones(at.sip)
    host, ear = (ToneCaller(phones, number, "1") for number in (HOST, LISTENER))
    asker = ToneCaller(phones, LISTENER, "2", hums=OK_HERTZ)
    try:
        for one in (host, ear, asker):
            await one.enter()
        await crowd.seat([(LISTENER, "1", False)] * listeners)
        await asker.caller.press("1")
        keys = [await _by_key(host, ear, number) for number in range(rounds)]
        with log_in(at.switch.esl, at.switch.password).sock as sock:
            commands = Connection(sock)
            number = _member("2", commands)
            bare = [await _by_command(commands, number, ear, turn) for turn in range(rounds)]
        return keys, bare
    finally:
        for one in (host, ear, asker):
            await one.leave()
        await crowd.leave()
        phones.close()


async def _by_key(host: ToneCaller, ear: ToneCaller, turn: int) -> float:
    """On air and off again."""
    ear.forget()
    await asyncio.sleep(REST + turn * SPREAD % 0.02)
    await host.caller.press("3")
    keyed = host.caller.key_ended_at
    heard = await ear.hears(OK_HERTZ, keyed)
    await asyncio.sleep(REST)
    await host.caller.press("3")
    await ear.ceases_to_hear(OK_HERTZ, host.caller.key_ended_at)
    return heard - keyed


async def _by_command(commands: Connection, member: int, ear: ToneCaller, turn: int) -> float:
    ear.forget()
    await asyncio.sleep(REST + turn * SPREAD % 0.02)
    began = time.time()
    _do(commands, f"unmute {member} quiet")
    heard = await ear.hears(OK_HERTZ, began)
    ended = time.time()
    _do(commands, f"mute {member} quiet")
    await ear.ceases_to_hear(OK_HERTZ, ended)
    return heard - began


def _do(commands: Connection, command: str) -> str:
    return commands.api(f"conference {HALL} {command}")


def _member(shown: str, commands: Connection) -> int:
    (room,) = json.loads(_do(commands, "json_list"))
    found = [one["id"] for one in room["members"] if one.get("caller_id_number") == shown]
    if len(found) != 1:
        raise SwitchRefused(f"{len(found)} members show the number {shown}, not one")
    return int(found[0])


def _report(switch: str, listeners: int, keys: Delays, bare: Delays) -> Report:
    found = Report(f"on_air: {len(keys)} turns before {listeners} listeners on {switch}")
    found.add("key to voice: p50", at_percent(keys, 50), "ms", at_percent(bare, 50))
    found.at_most(
        "key to voice: longest", at_percent(keys, 100), "ms", TARGET, at_percent(bare, 100)
    )
    found.notes.append("baseline: a bare command to unmute, without key and box")
    return found


def at_percent(seconds: Delays, percent: float) -> float:
    """In milliseconds."""
    return float(np.percentile(seconds, percent) * 1000)
