"""What somebody must see to in time: alarms that stand, backups, certificates."""

import time
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily, Metric

from provisioning.backup import state
from provisioning.backup.places import Places

from ..alarms.certificates import days_left, places
from ..alarms.ledger import Ledger
from ..home import Home


def families(home: Home) -> Iterator[Metric]:
    yield _alarms(home.root)
    yield from _backup(home.root)
    certificates = GaugeMetricFamily(
        "pressline_certificate_days", "Days until a certificate ends.", labels=["file"]
    )
    for path in places(home):
        if (left := days_left(path, time.time())) is not None:
            certificates.add_metric([path.name], left)
    yield certificates


def _alarms(home: Path) -> Metric:
    alarms = GaugeMetricFamily(
        "pressline_alarms", "What needs a person, by its kind.", labels=["kind"]
    )
    for alarm in Ledger(home).standing.values():
        alarms.add_metric([alarm.kind], float(not alarm.gone))
    return alarms


def _backup(home: Path) -> Iterator[Metric]:
    known = state.read(Places(home.absolute()))
    good = GaugeMetricFamily(
        "pressline_backup_good_timestamp_seconds", "When the last good backup began."
    )
    size = GaugeMetricFamily("pressline_backup_bytes", "What the last good backup holds.")
    failed = GaugeMetricFamily(
        "pressline_backup_failed", "Whether the last try failed.", value=float(bool(known.fault))
    )
    if known.good is not None:
        good.add_metric([], known.good.timestamp())
        size.add_metric([], known.bytes)
    yield from (good, size, failed)
