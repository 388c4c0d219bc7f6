"""What of experts' hours blocks, for the switchboard's sidecar."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from lines.experts import agendas


def expert_hour_tasks(zone: ZoneInfo) -> Mapping[str, Callable[..., Any]]:
    return {
        "experts_due": partial(agendas.due, zone),
        "experts_early": partial(agendas.early, zone),
    }
