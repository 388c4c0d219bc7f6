"""How often `pressline up` had to start a process anew."""

from collections.abc import Iterator, Mapping

from prometheus_client.core import CounterMetricFamily, Metric


def families(restarts: Mapping[str, int]) -> Iterator[Metric]:
    family = CounterMetricFamily(
        "pressline_restarts", "Processes that ended and were started anew.", labels=["process"]
    )
    for process, count in restarts.items():
        family.add_metric([process], count)
    yield family
