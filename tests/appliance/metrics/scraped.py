"""Figures as Prometheus reads them."""

import re
import urllib.request
from collections.abc import Iterable, Mapping

from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

FAMILY = re.compile(r"^# TYPE (\S+) (\S+)$", re.MULTILINE)
ENDINGS = {"histogram": ("_bucket", "_count", "_sum")}


class Figures:
    """One scrape."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.families: Iterable[Metric] = list(text_string_to_metric_families(text))

    def value(self, name: str, **labels: str) -> float:
        """The sum of all samples that have these labels."""
        return sum(
            sample.value
            for family in self.families
            for sample in family.samples
            if sample.name == name and _has(sample.labels, labels)
        )

    @property
    def names(self) -> set[str]:
        """Of all samples."""
        return {sample.name for family in self.families for sample in family.samples}

    @property
    def promised(self) -> set[str]:
        """Of all families, also those without a sample yet, as queries name them."""
        kinds = dict(FAMILY.findall(self._text))
        return {name + end for name, kind in kinds.items() for end in ENDINGS.get(kind, ("",))}


def _has(found: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(found.get(name) == value for name, value in wanted.items())


def scrape(panel: str) -> Figures:
    with urllib.request.urlopen(f"http://{panel}/metrics", timeout=30) as answer:
        return Figures(answer.read().decode())
