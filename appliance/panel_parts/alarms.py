"""Alarms for the panel, from the file that the worker keeps them in."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from admin.overview.alarms import Alarm

from ..alarms.ledger import Ledger
from ..alarms.standing import FOREVER, Standing
from ..threads import in_pool


class KeptAlarms:
    """Whoever holds the file may be mailing just now: waited for beside the panel's loop."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def standing(self) -> Sequence[Alarm]:
        return [_shown(alarm) for alarm in Ledger(self._home).standing.values() if not alarm.gone]

    def silence(self, kind: str, hours: float) -> bool:
        silenced: bool = in_pool(self._silence, kind, hours)
        return silenced

    def _silence(self, kind: str, hours: float) -> bool:
        with Ledger(self._home).alone() as ledger:
            alarm = ledger.standing.get(kind)
            if alarm is None or alarm.gone:
                return False
            alarm.silent = time.time() + hours * 3600 if hours else FOREVER
            return True


def _shown(alarm: Standing) -> Alarm:
    is_silent = alarm.is_silent(time.time())
    ends = is_silent and alarm.silent != FOREVER
    return Alarm(
        alarm.kind,
        alarm.text,
        datetime.fromtimestamp(alarm.since, UTC),
        is_silent,
        datetime.fromtimestamp(alarm.silent, UTC) if ends else None,
    )
