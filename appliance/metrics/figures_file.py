"""A process's figures in a file, `run/metrics/<process>.prom`, from which the panel reads them.

Written by a thread of the operating system's own: neither a slow disk nor a hung loop keeps the
other from going on, and what the loop was doing when it hung can still be read.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric
from prometheus_client.parser import text_string_to_metric_families

from store.native import sleep, start_thread

log = structlog.get_logger()

EVERY = 5.0
"""Seconds between two writings."""
STALE = 60.0
"""Seconds after which a file tells of a process that is gone."""

Families = Callable[[], Iterable[Metric]]


class Collector:
    """Several sources as one collector of `prometheus_client`."""

    def __init__(self, sources: Sequence[Families]) -> None:
        self._sources = sources

    def collect(self) -> Iterator[Metric]:
        for families in self._sources:
            yield from families()


def as_text(*sources: Families) -> bytes:
    registry = CollectorRegistry()
    registry.register(Collector(sources))
    return generate_latest(registry)


def path_of(home: Path, process: str) -> Path:
    return home / "run" / "metrics" / f"{process}.prom"


def write(path: Path, *sources: Families) -> None:
    """Whole or not at all. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(as_text(*sources))
    fresh.replace(path)


def keep_writing(path: Path, *sources: Families) -> None:
    """Until the process ends; returns at once."""

    def loop() -> None:
        while True:
            try:
                write(path, *sources)
            except Exception as error:  # the top of a task: figures must never cost a call
                log.warning("figures not written", path=str(path), reason=str(error))
            sleep(EVERY)

    start_thread(loop, ())


def read(path: Path) -> Iterator[Metric]:
    """Nothing of a process that is gone, or has never been."""
    try:
        if time.time() - path.stat().st_mtime > STALE:
            return
        text = path.read_text(encoding="utf-8")
    except OSError:
        return
    yield from text_string_to_metric_families(text)
