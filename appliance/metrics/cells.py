"""Counters and histograms for the call's loop: plain numbers, no lock, a bounded number of labels.

`prometheus_client`'s own counters take a lock, for which the loop would wait while another thread
reads them. These are written by the loop alone and copied whole by whoever reads: a copy of a dict
or a list is one step of the interpreter.
"""

from bisect import bisect_left
from collections.abc import Sequence

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily

MOST_LABELS = 200
"""Different labels of one figure; what comes beyond is counted as `OTHER`."""
OTHER = "other"
"""Never a flow's name that hides: it only takes what came when there were too many."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

Labels = tuple[str, ...]


class Counted:
    """How often something happened, by labels."""

    def __init__(self, name: str, help: str, *labels: str) -> None:
        """`name` is without `_total`."""
        self.name = name
        self._help = help
        self._labels = labels
        self._counts: dict[Labels, float] = {} if labels else {(): 0.0}

    def add(self, *values: str, by: float = 1.0) -> None:
        values = _bounded(values, self._counts)
        self._counts[values] = self._counts.get(values, 0.0) + by

    def family(self) -> CounterMetricFamily:
        family = CounterMetricFamily(self.name, self._help, labels=self._labels)
        for values, count in dict(self._counts).items():
            family.add_metric(values, count)
        return family


class Measured:
    """How long or how much, by labels: a histogram."""

    def __init__(
        self, name: str, help: str, *labels: str, bounds: Sequence[float] = SECONDS
    ) -> None:
        """`bounds`: upper ones, in the unit that the name ends with."""
        self.name = name
        self._help = help
        self._labels = labels
        self._bounds = bounds
        self._rows: dict[Labels, list[float]] = {}

    def add(self, value: float, *values: str) -> None:
        values = _bounded(values, self._rows)
        row = self._rows.get(values)
        if row is None:
            # One count for each bound, one for what is above all of them, last the sum.
            row = self._rows[values] = [0.0] * (len(self._bounds) + 2)
        row[bisect_left(self._bounds, value)] += 1
        row[-1] += value

    def family(self) -> HistogramMetricFamily:
        family = HistogramMetricFamily(self.name, self._help, labels=self._labels)
        for values, row in dict(self._rows).items():
            *counts, total = list(row)
            family.add_metric(values, list(self._buckets(counts)), total)
        return family

    def _buckets(self, counts: Sequence[float]) -> Sequence[tuple[str, float]]:
        so_far = 0.0
        buckets = []
        for bound, count in zip([*map(str, self._bounds), "+Inf"], counts, strict=True):
            so_far += count
            buckets.append((bound, so_far))
        return buckets


def _bounded(values: Labels, known: dict[Labels, float] | dict[Labels, list[float]]) -> Labels:
    if values in known or len(known) < MOST_LABELS:
        return values
    return (OTHER,) * len(values)
