"""How fast the worker writes messages down while 50 calls run, and what the calls notice of it."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from peewee import fn

from store.fields import now
from store.models import Message, Transcript
from store.models.message import TranscriptState
from tests.switches import FreeSwitch, SoftSwitch, Switch
from tests.tts_asr import heard
from tts_asr.model_install import install

from .box_home import WORKERS, opened
from .ears import Times, milliseconds_at
from .errors import NotMeasured
from .exchange import LOOP, Exchange, exchange
from .held_calls import HeldCalls
from .long_messages import leave_long_messages
from .pressline_box import MESSAGES, home_at, pressline_box
from .pressline_worker import pressline_worker
from .report import Report

CALLS = 50
PER_SECOND = 20.0
ROUNDS = 5
"""Quiet and busy in turn, of which the middle counts: what else the machine does falls on both."""
SECONDS = 2.5
"""Of each half of a round."""
ALONE = 4.0
"""Seconds without calls."""
WAITING = 600
"""Messages of half a minute: more than can be written down meanwhile."""
LEAST_SPEED = 3.0
"""Seconds of messages in each second, of each worker."""
NO_CHANGE = 1.2
"""Times the p99 of gaps: 4 ms more, of the 40 and more that a phone's buffer evens out."""
START_LIMIT = 60.0
LOOK = 0.1


@dataclass(frozen=True, slots=True)
class Measured:
    quiet: Sequence[Times]
    """Gaps of the calls' packets while the worker is held, in seconds; of each round."""
    busy: Sequence[Times]
    """With all workers at it."""
    lost: int
    """Calls."""
    speed: float
    """Of one worker beside the calls: seconds of messages in each second."""
    speed_alone: float
    """When the calls are over."""


def run(quick: bool) -> Iterable[Report]:
    for kind in (SoftSwitch, FreeSwitch):
        yield _on(kind, 1 if quick else ROUNDS)


def _on(kind: type[Switch], rounds: int) -> Report:
    with ExitStack() as stack:
        at = stack.enter_context(exchange(kind))
        stack.enter_context(pressline_box(at, MESSAGES))
        home = stack.enter_context(opened(home_at(at)))
        install(heard.MODEL, "en", home.models)
        leave_long_messages(home.voicemail, WAITING)
        return _report(kind.name, asyncio.run(_measure(at, home.root, rounds)))


async def _measure(at: Exchange, home: Path, rounds: int) -> Measured:
    calls, quiet, busy = HeldCalls(at.sip, LOOP), [], []
    with pressline_worker(home) as worker:
        speeds = []
        try:
            await calls.grow(CALLS, PER_SECOND)
            await _until_at_work()
            for _ in range(rounds):
                with _held(worker):
                    quiet.append(await calls.gaps(SECONDS))
                began = now()
                busy.append(await calls.gaps(SECONDS))
                speeds.append(_speed(began))
            lost = calls.lost
        finally:
            await calls.end()
        began = now()
        await asyncio.sleep(ALONE)
        alone = _speed(began)
    speed = sum(speeds) / rounds
    return Measured(quiet, busy, lost, speed, alone)


@contextmanager
def _held(worker: int) -> Iterator[None]:
    """Its processes do nothing meanwhile."""
    hands = psutil.Process(worker).children(recursive=True)
    for hand in hands:
        hand.suspend()
    try:
        yield
    finally:
        for hand in hands:
            hand.resume()


async def _until_at_work() -> None:
    """Every worker has written something down."""
    deadline = now() + timedelta(seconds=START_LIMIT)
    while _done().count() < 2 * WORKERS:
        if now() > deadline:
            raise NotMeasured(f"the worker wrote nothing down in {START_LIMIT:.0f} s")
        await asyncio.sleep(LOOK)


def _speed(began: datetime) -> float:
    """Of one worker since then. Raises NotMeasured when there was nothing more to do."""
    seconds = (now() - began).total_seconds()
    if _done().count() >= WAITING:
        raise NotMeasured("all messages were written down before the time was over")
    total = _done().where(Transcript.finished_at >= began).select(fn.SUM(Message.seconds)).scalar()
    return float(total or 0) / seconds / WORKERS


def _done() -> Any:
    return Transcript.select().join(Message).where(Transcript.state == TranscriptState.DONE)


def _report(switch: str, found_by: Measured) -> Report:
    found = Report(f"transcription: {WORKERS} workers beside {CALLS} calls, on {switch}")
    one, alone = found_by.speed, found_by.speed_alone
    found.at_least("speed of one worker", one, "x real time", LEAST_SPEED, alone)
    quiet, busy = found_by.quiet, found_by.busy
    found.add("gap p50", _gap(busy, 50), "ms", _gap(quiet, 50))
    found.within("gap p99", _gap(busy, 99), "ms", NO_CHANGE, _gap(quiet, 99))
    found.add("gap p99.9", _gap(busy, 99.9), "ms", _gap(quiet, 99.9))
    found.at_most("calls lost", found_by.lost, "calls", 0)
    found.notes.append(
        "baseline: of the speed, the same worker when the calls are over; of the gaps, the same "
        "calls while the worker is held, in turn with it"
    )
    return found


def _gap(rounds: Sequence[Times], percent: float) -> float:
    """Milliseconds; of the middle round."""
    return float(np.median([milliseconds_at(gaps, percent) for gaps in rounds]))
