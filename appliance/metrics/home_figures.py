"""What lies on the disk, and how much room there is."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, Metric

from voicemail.housekeeping import space

from ..home import Home

COUNTED_EVERY = 600.0
"""Seconds for which the size of a folder is taken to be what it was: there may be 100,000 files."""


class HomeFigures:
    def __init__(self, home: Home) -> None:
        self._home = home
        self._sizes: dict[str, int] = {}
        self._until = 0.0

    def families(self) -> Iterator[Metric]:
        """Raises `OSError`."""
        disk = space(self._home.root)
        yield GaugeMetricFamily("pressline_disk_free_bytes", "Room on the disk.", disk.free)
        yield GaugeMetricFamily("pressline_disk_bytes", "Size of the disk.", disk.total)
        kept = GaugeMetricFamily(
            "pressline_kept_bytes", "What is kept, by folder of the home.", labels=["folder"]
        )
        for name, size in self._kept().items():
            kept.add_metric([name], size)
        yield kept

    def _kept(self) -> dict[str, int]:
        if time.monotonic() >= self._until:
            home = self._home
            folders = (home.recordings, home.voicemail, home.prompts, home.spool)
            self._sizes = {folder.name: _size(folder) for folder in folders}
            self._until = time.monotonic() + COUNTED_EVERY
        return self._sizes


def _size(folder: Path) -> int:
    """A file that goes meanwhile counts nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
    return total
