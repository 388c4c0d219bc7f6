"""All that `/metrics` gives out: what the panel finds, and what the other processes wrote."""

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric

from store import database

from .. import pulse
from ..home import Home
from ..settings import Settings
from ..threads import in_pool
from . import (
    figures_file,
    process_figures,
    store_figures,
    switch_figures,
    upkeep_figures,
    worker_figures,
)
from .figures_file import Families, path_of
from .home_figures import HomeFigures

log = structlog.get_logger()

PROCESSES = ("callbox", "worker")
"""Those with a pulse."""


class Exposition:
    """Asks the store, the switch and the disk, beside the panel's loop. A part that fails hides no
    other."""

    def __init__(self, settings: Settings) -> None:
        home = Home(settings.home.absolute())
        self._parts: dict[str, Families] = {
            "callbox": _beside(partial(figures_file.read, path_of(home.root, "callbox"))),
            "supervisor": _beside(partial(figures_file.read, path_of(home.root, "supervisor"))),
            "worker": _beside(partial(worker_figures.families, home.root)),
            "pulse": partial(pulses, home.root),
            "processes": _beside(partial(process_figures.families, home.root)),
            "switch": partial(switch_figures.families, settings),
            "store": _beside(partial(_of_store, settings.store_url)),
            "home": _beside(HomeFigures(home).families),
            "upkeep": _beside(partial(upkeep_figures.families, home)),
        }

    def text(self) -> bytes:
        return figures_file.as_text(self._families)

    def _families(self) -> Iterator[Metric]:
        missing = GaugeMetricFamily(
            "pressline_figures_missing", "Whether a part could not be asked.", labels=["part"]
        )
        took = GaugeMetricFamily(
            "pressline_figures_seconds", "How long asking a part took.", labels=["part"]
        )
        for name, families in self._parts.items():
            began = time.monotonic()
            found = _asked(name, families)
            missing.add_metric([name], float(found is None))
            took.add_metric([name], time.monotonic() - began)
            yield from found or ()
        yield from (missing, took)


def _beside(families: Families) -> Families:
    """The same, from a native thread: disks and stores may be slow."""
    return lambda: in_pool(lambda: list(families()))


def _asked(name: str, families: Callable[[], Iterable[Metric]]) -> list[Metric] | None:
    try:
        return list(families())
    except Exception as error:  # the top of a task
        log.warning("figures are missing", part=name, reason=str(error))
        return None


def pulses(home: Path) -> Iterator[Metric]:
    up = GaugeMetricFamily("pressline_up", "Whether a process lives.", labels=["process"])
    age = GaugeMetricFamily(
        "pressline_pulse_age_seconds", "Since the last sign of life.", labels=["process"]
    )
    for process in PROCESSES:
        beat = pulse.read(home, process)
        up.add_metric([process], float(beat.alive))
        if beat.state:
            age.add_metric([process], beat.age)
    yield from (up, age)


def _of_store(url: str) -> Iterator[Metric]:
    database.connect(url)
    try:
        yield from list(store_figures.families())
    finally:
        database.disconnect()
