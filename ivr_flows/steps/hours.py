"""hours: one way when the desk is open, another when it is closed."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, PlainValidator, WithJsonSchema

from ivr_flows.context import Context
from ivr_flows.ports import Call
from ivr_flows.quantities import StepName
from ivr_flows.step import Event, Step
from ivr_flows.week import Holidays, Week, parse_holidays, parse_week

WeekField = Annotated[
    Week, PlainValidator(parse_week), WithJsonSchema({"type": "object", "title": "weekly hours"})
]
HolidaysField = Annotated[
    Holidays, PlainValidator(parse_holidays), WithJsonSchema({"type": "array", "title": "days"})
]


class Hours(Step):
    """Goes one way when the desk is open and another when it is closed, by the paper's clock."""

    verb: ClassVar[str] = "hours"
    example: ClassVar[str] = """\
hours:
  weekly: {mon-fri: "09:00-17:30", sat: ["09:00-12:00", "13:00-15:00"]}
  holidays: [2027-01-01, 12-25]
  open: welcome
  closed: sorry
"""
    events: ClassVar[Mapping[str, Event]] = {
        "open": Event("the desk is open", "next"),
        "closed": Event("the desk is closed", "required"),
    }

    weekly: WeekField
    """Day (`mon`) or days (`mon-fri`) to hours; `22:00-06:00` reaches into the next day."""
    holidays: Annotated[HolidaysField, Field(default_factory=Holidays)]
    """Days on which it is closed: `2027-01-01`, or `12-25` for every year."""
    open: StepName | None = None
    """Step when open; `next` if not given."""
    closed: StepName | None = None
    """Step when closed."""

    def branches(self) -> Mapping[str, str]:
        given: dict[str, Any] = {"open": self.open, "closed": self.closed}
        return {event: step for event, step in given.items() if step}

    def run(self, call: Call, context: Context) -> str:
        now = context.now()
        context.note("at", now.isoformat(timespec="minutes"))
        return "open" if self.weekly.covers(now, self.holidays) else "closed"
