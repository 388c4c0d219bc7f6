"""500 phones and 50 trunks written and taken up by a FreeSWITCH with calls on it."""

import asyncio
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from provisioning.freeswitch.applying import apply
from provisioning.freeswitch.facts import Facts, Gateway, Rule
from tests.contract.client import Connection
from tests.provisioning.freeswitch.rendered import RenderedFreeSwitch, listening, many_phones
from tests.switch_plan import HOST, MEDIA_BLOCK, claim_media_block
from tests.switches import FreeSwitch, SwitchFailed

from .errors import NotMeasured
from .held_calls import HeldCalls
from .report import Report

PHONES, TRUNKS = 500, 50
WITHIN = 5.0
"""Seconds, from the facts to a FreeSWITCH that has taken them up."""
CALLS = 40
LINE = "900"
SETTLING = 2.0
"""Seconds of listening before and after."""


def run(quick: bool) -> Iterable[Report]:
    with _switch() as switch:
        yield asyncio.run(_measured(switch, CALLS // 4 if quick else CALLS))


async def _measured(switch: RenderedFreeSwitch, calls: int) -> Report:
    inside = switch.facts.listening.inside
    assert inside
    held = HeldCalls(inside, LINE)
    await held.grow(calls, 20)
    before = await held.gaps(SETTLING)
    connection = switch.commands()
    listening_meanwhile = asyncio.create_task(held.gaps(SETTLING + WITHIN))
    first = await asyncio.to_thread(_apply, switch, connection, 600)
    changed = await asyncio.to_thread(_apply, switch, connection, 900)
    reading = await asyncio.to_thread(_read_only, connection)
    meanwhile = await listening_meanwhile
    report = Report(f"{PHONES} phones and {TRUNKS} trunks, {calls} calls up")
    report.at_most("rendered and applied", first, "s", WITHIN, reading)
    report.at_most("all trunks changed, applied anew", changed, "s", WITHIN, reading)
    report.at_most("calls lost", held.lost, "calls", 0)
    report.add("longest pause between packets", max(meanwhile) * 1000, "ms", max(before) * 1000)
    report.notes.append("baseline: `reloadxml` alone on the same files; pauses: before applying")
    await held.end()
    connection.close()
    return report


def _apply(switch: RenderedFreeSwitch, connection: Connection, expires: int) -> float:
    """Seconds. `expires`: another one makes every trunk another."""
    gateways = [
        Gateway(f"trunk-{n}", f"{HOST}:9", expires=expires, addresses=(f"10.0.{n}.0/24",))
        for n in range(TRUNKS)
    ]
    began = time.perf_counter()
    switch.put(replace(switch.facts, phones=many_phones(PHONES), gateways=gateways))
    apply(connection.api, switch.facts)
    return time.perf_counter() - began


def _read_only(connection: Connection) -> float:
    began = time.perf_counter()
    connection.api("reloadxml")
    return time.perf_counter() - began


@contextmanager
def _switch() -> Iterator[RenderedFreeSwitch]:
    if FreeSwitch.program() is None:
        raise NotMeasured("FreeSWITCH is absent: put it on the PATH, or name it by FREESWITCH_BIN")
    claim = claim_media_block()
    last = claim.getsockname()[1]
    rule = Rule("", f"^{LINE}$", (("answer", ""), ("playback", "tone_stream://%(600000,0,1000)")))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        # Without certificates: making two of them is half of FreeSWITCH's start.
        on = replace(listening((last + 1 - MEDIA_BLOCK, last - 1)), tls=0, wss=0)
        switch = RenderedFreeSwitch(Facts(Path(folder), on, "bench", (rule,)))
        try:
            switch.start()
            yield switch
        except SwitchFailed as error:
            raise NotMeasured(str(error)) from error
        finally:
            switch.stop()
            claim.close()
