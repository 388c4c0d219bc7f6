"""Reading events: speed of the parser, and what a flood does to everything else."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

from greenswitch.esl import ESLEvent

from esl.wire import Parser

from . import event_samples
from .errors import NotMeasured
from .flood import DISTINCT, EVENTS
from .flooded import Found
from .report import Report

CHUNK = 65536
"""Bytes given to the parser at a time, as a socket would."""
EVENTS_TARGET = 15_000
STALL_TARGET = 50.0
"""Milliseconds."""
GROWTH_TARGET = 30.0
"""Megabytes a process may grow by in the flood: its bounded queue holds 6, the rest is slack."""
LIMIT = 180.0


def run(quick: bool) -> Iterable[Report]:
    yield _parse(EVENTS // 5 if quick else EVENTS)
    yield _flood()


def _parse(events: int) -> Report:
    plain = [event_samples.plain(number) for number in range(DISTINCT)]
    as_json = [event_samples.as_json(number) for number in range(DISTINCT)]
    rounds = events // DISTINCT
    baseline = _per_second(lambda: _by_greenswitch(plain), rounds)
    stream = b"".join(as_json)
    lazily = _per_second(lambda: _by_pressline(stream, whole=False), rounds)
    wholly = _per_second(lambda: _by_pressline(stream, whole=True), rounds)
    size = len(stream) / DISTINCT / 1000
    found = Report(f"parser: {events:,} channel events of {size:.1f} kB, no socket")
    found.add("plain greenswitch, plain events", baseline, "events/s")
    for what, figure in (("three headers read", lazily), ("all headers read", wholly)):
        found.at_least(
            f"esl.wire, json events, {what}", figure, "events/s", EVENTS_TARGET, baseline
        )
    return found


def _per_second(parse: Callable[[], int], rounds: int) -> float:
    started = time.perf_counter()
    events = sum(parse() for _ in range(rounds))
    return events / (time.perf_counter() - started)


def _by_greenswitch(events: list[bytes]) -> int:
    """As its reader does: the frame's own headers, then the event's on top."""
    for data in events:
        head, _, body = data.decode().partition("\n\n")
        event = ESLEvent(head)
        event.parse_data(body)
        assert event.headers["Event-Name"]
    return len(events)


def _by_pressline(stream: bytes, whole: bool) -> int:
    parser, events = Parser(), 0
    for at in range(0, len(stream), CHUNK):
        for frame in parser.feed(stream[at : at + CHUNK]):
            event = frame.event
            assert not whole or event.headers
            assert event.name and event.get("Unique-ID") and event.get("Application-UUID")
            events += 1
    return events


def _flood() -> Report:
    base, ours = _flooded("greenswitch", "plain"), _flooded("pressline", "json")
    found = Report(f"parser: a flood of {EVENTS:,} events through a socket")
    speed, base_speed = ours.events / ours.seconds, base.events / base.seconds
    found.at_least("events handled", speed, "events/s", EVENTS_TARGET, base_speed)
    stall, base_stall = ours.longest_stall * 1000, base.longest_stall * 1000
    found.at_most("longest stall of another greenlet", stall, "ms", STALL_TARGET, base_stall)
    found.at_most("memory grown by", ours.growth, "MB", GROWTH_TARGET, base.growth)
    found.notes.append("baseline: plain greenswitch 0.0.19 with plain events")
    return found


def _flooded(client: str, kind: str) -> Found:
    """Raises NotMeasured when the client does not come through its flood."""
    python = [sys.executable, "-m"]
    with subprocess.Popen([*python, "bench.flood", kind], stdout=subprocess.PIPE) as flood:
        assert flood.stdout is not None
        port = flood.stdout.readline().decode().strip()
        try:
            told = subprocess.run(
                [*python, "bench.flooded", client, port],
                capture_output=True, text=True, timeout=LIMIT,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NotMeasured(f"{client} did not come through the flood: {error}") from error
        finally:
            flood.kill()
    if told.returncode:
        raise NotMeasured(f"{client} failed in the flood: {told.stderr[-500:]}")
    return Found(**json.loads(told.stdout))
