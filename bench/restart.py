"""How long callers are without a callbox that was restarted, and the box without its switch."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from appliance.supervisor import STEADY_AFTER
from tests.contract.phone import Phone
from tests.end_to_end.box import Box
from tests.kill.furnishing import furnish
from tests.kill.silences import sounds
from tests.kill.witness import TALK
from tests.switches import FreeSwitch

from .errors import NotMeasured
from .report import Report

TIMES, QUICK_TIMES = 5, 2
CALLBOX_LIMIT, SWITCH_LIMIT = 3.0, 5.0
"""Seconds."""
PATIENCE = 90.0
LOOK = 0.01
CONNECTED = "connected to the switch"
"""Said by the callbox."""


def run(quick: bool) -> Iterator[Report]:
    times = QUICK_TIMES if quick else TIMES
    switch = "freeswitch" if FreeSwitch.program() else "embedded"
    with _box(switch) as box:
        report = Report(f"restart: {times} times each, on {switch}")
        again = [_callbox(box) for _ in range(times)]
        report.at_most("callbox killed: next call answered", max(again), "s", CALLBOX_LIMIT)
        report.add("of these the median", statistics.median(again), "s")
        if box.freeswitch:
            found = [_switch(box) for _ in range(times)]
            report.at_most("FreeSWITCH listens: controlled", max(found), "s", SWITCH_LIMIT)
        yield report


def _callbox(box: Box) -> float:
    """Seconds from its death until a caller hears its flow.

    It has lived for a while: whatever dies again and again is started later and later.
    """
    time.sleep(STEADY_AFTER)
    began = time.monotonic()
    box.kill("callbox")
    _until(lambda: not _listens(box), "the callbox is gone")
    _until(lambda: _listens(box), "a callbox listens")
    phone = Phone("5550500").call(box.sip, TALK)
    try:
        _until(lambda: bool(sounds(list(phone.line.packets))), "the caller hears something")
        took = time.monotonic() - began
    finally:
        phone.close()
    box.wait_until_well()
    return took


def _switch(box: Box) -> float:
    """Seconds from its first ear to the callbox's word that it has it again."""
    assert box.freeswitch is not None
    before = box.said().count(CONNECTED)
    box.freeswitch.kill()
    box.freeswitch.start()
    began = time.monotonic()
    _until(lambda: box.said().count(CONNECTED) > before, "the switch is found")
    took = time.monotonic() - began
    box.wait_until_well()
    return took


def _listens(box: Box) -> bool:
    """By the kernel's table: a connection to it would be taken for a call."""
    return any(
        found.status == psutil.CONN_LISTEN and found.laddr == box.callbox
        for found in psutil.net_connections("tcp4")
    )


def _until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise NotMeasured(f"in {PATIENCE:g} s it did not come to this: {what}")
        time.sleep(LOOK)


@contextmanager
def _box(switch: str) -> Iterator[Box]:
    with tempfile.TemporaryDirectory(prefix="restart-") as folder:
        box = Box(Path(folder) / "home", switch, last_resort_box="killed")
        try:
            furnish(box)
            yield box.start()
        finally:
            box.close()
