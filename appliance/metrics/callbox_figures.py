"""All that the callbox tells of itself: its calls, its loop, its writer, its sidecars."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from esl.event import Event
from esl.quality import quality
from store.quality_jobs import CallMeasured
from store.writer import WriterState

from .call_figures import CallFigures
from .figures_file import keep_writing, path_of
from .loop_watch import LoopWatch


@dataclass(frozen=True, slots=True)
class CallboxState:
    calls: int
    """That are live."""
    refused: int
    """Turned away since the callbox started, because it could not serve them."""
    switch: bool
    """Whether it is connected."""
    writer: WriterState
    sidecars: Mapping[str, bool]
    """Whether each lives."""


class CallboxFigures:
    def __init__(self, home: Path, state: Callable[[], CallboxState]) -> None:
        """`state` is called by a native thread, and must not wait for the loop."""
        self.calls = CallFigures()
        self._path = path_of(home, "callbox")
        self._state = state
        self._loop = LoopWatch()

    def start(self) -> None:
        self._loop.start()
        keep_writing(self._path, self.calls.families, self._loop.families, self.families)

    def measured(self, event: Event) -> CallMeasured | None:
        """What the switch tells of a call that is over, to be kept with its row."""
        found = quality(event)
        if found is None:
            return None
        job = CallMeasured(found.call, found.packets, found.loss, found.jitter, found.seconds)
        self.calls.measured(job)
        return job

    def families(self) -> Iterator[Metric]:
        state = self._state()
        yield GaugeMetricFamily("pressline_calls_live", "Calls that go on now.", state.calls)
        yield CounterMetricFamily(
            "pressline_calls_refused",
            "Calls that were left to the last resort because there were too many.",
            state.refused,
        )
        yield GaugeMetricFamily(
            "pressline_switch_connected",
            "Whether the callbox has its connection to the switch.",
            float(state.switch),
        )
        lives = GaugeMetricFamily(
            "pressline_sidecar_up", "Whether a sidecar of the callbox lives.", labels=["sidecar"]
        )
        for name, is_alive in state.sidecars.items():
            lives.add_metric([name], float(is_alive))
        yield lives
        yield from _writer(state.writer)


def _writer(state: WriterState) -> Iterator[Metric]:
    gauge, counter = GaugeMetricFamily, CounterMetricFamily
    yield gauge("pressline_store_waiting", "Rows in memory, on their way to it.", state.waiting)
    yield gauge("pressline_store_journal_bytes", "Kept for it on disk.", state.journal_bytes)
    yield gauge("pressline_store_up", "Whether it takes rows.", float(not state.away))
    yield counter("pressline_store_written", "Rows that it took.", state.written)
    yield counter("pressline_store_refused", "Rows that it would not take.", state.refused)
    yield counter("pressline_store_dropped", "Rows that were lost.", state.dropped)
