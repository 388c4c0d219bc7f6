"""At which steps callers hang up."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from peewee import fn

from store.database import translated
from store.fields import now
from store.models import CallStep
from store.models.call import LEFT

WINDOWS = (1, 7, 30, 90)
"""Days back that can be chosen."""


@translated()
def left_at(flow: str, days: int) -> Mapping[str, int]:
    """Step of the flow to how many callers hung up there, or in a flow that it had called."""
    since = now() - timedelta(days=days)
    counted: Any = (
        CallStep.select(CallStep.step, fn.COUNT(CallStep.step))
        .where(CallStep.event == LEFT, CallStep.flow == flow, CallStep.started_at >= since)
        .group_by(CallStep.step)
        .tuples()
    )
    return dict(counted)
