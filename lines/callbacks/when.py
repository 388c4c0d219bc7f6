"""When the box may call, as a flow says it."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from ivr_flows.quantities import Delay
from ivr_flows.steps.hours import WeekField
from ivr_flows.week import Week
from lines.callbacks.ports import HOUR

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class When(BaseModel):
    """When the box may call."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    after: Delay = 0.0
    """How long to wait before the first attempt, for instance `2h`."""
    within: Delay = 48 * HOUR
    """When to give up: so long after the first attempt could have been made."""
    hours: WeekField | None = None
    """Weekly hours in which it may ring, as in the step `hours`; always if not given."""


def weekly(week: Week) -> dict[str, Any]:
    """As the store keeps hours (`store.hours`)."""
    return {
        DAYS[day]: [f"{_clock(start)}-{_clock(end)}" for start, end in spans]
        for day, spans in week.spans.items()
    }


def _clock(minute: int) -> str:
    # 24:00 stays: it ends a day.
    minute = minute if minute <= 24 * 60 else minute - 24 * 60
    return f"{minute // 60:02}:{minute % 60:02}"
