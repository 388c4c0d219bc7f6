"""How well calls could be understood: kept with their rows, and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.database import translated
from store.models import Call
from store.quality_jobs import MOST_JITTER, MOST_LOSS, CallMeasured

PARTS = 5
"""A call that phones have transferred to us several times has that many rows at most that are told:
the switch measures all of them together."""


def measured(jobs: Sequence[CallMeasured]) -> None:
    """A channel without a row, such as a phone that was rung, has nothing to be kept with."""
    for job in jobs:
        rows = [job.call, *(f"{job.call}.{part}" for part in range(2, PARTS + 1))]
        facts = {"packets": job.packets, "loss": job.loss, "jitter": job.jitter}
        Call.update({**facts, "is_bad": job.is_bad}).where(Call.uuid << rows).execute()


@dataclass(frozen=True, slots=True)
class Share:
    measured: int
    bad: int

    @property
    def of_all(self) -> float:
        return self.bad / self.measured if self.measured else 0.0


@translated()
def since(moment: datetime) -> Share:
    """Of the calls that began since `moment`. Raises `StoreAway`."""
    rows: Any = Call.select(Call.is_bad).where(
        Call.started_at >= moment, Call.packets.is_null(False)
    )
    bad = rows.where(Call.is_bad == True)  # noqa: E712  (peewee's way of asking)
    return Share(rows.count(), bad.count())


__all__ = ["MOST_JITTER", "MOST_LOSS", "CallMeasured", "Share", "measured", "since"]
