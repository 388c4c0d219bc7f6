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
from .report import Report, Row

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
        found.rows.append(
            Row(
                f"esl.wire, json events, {what}",
                figure,
                "events/s",
                baseline,
                f">= {EVENTS_TARGET:,}",
                figure >= EVENTS_TARGET,
            )
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
    speed = (ours.events / ours.seconds, base.events / base.seconds)
    found.rows.append(
        Row("events handled", speed[0], "events/s", speed[1], f">= {EVENTS_TARGET:,}",
            speed[0] >= EVENTS_TARGET)
    )  # fmt: skip
    stall = (ours.longest_stall * 1000, base.longest_stall * 1000)
    found.rows.append(
        Row("longest stall of another greenlet", stall[0], "ms", stall[1],
            f"<= {STALL_TARGET:g} ms", stall[0] <= STALL_TARGET)
    )  # fmt: skip
    growth = tuple(one.megabytes_most - one.megabytes_before for one in (ours, base))
    found.rows.append(
        Row("memory grown by", growth[0], "MB", growth[1],
            f"<= {GROWTH_TARGET:g} MB", growth[0] <= GROWTH_TARGET)
    )  # fmt: skip
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
