"""Papers with rules, for the tests of what may be dialled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lines.dialling import Dialling, House, records
from lines.dialling.entry import DiallingEntry, TrunkEntry
from store.models import DialAttempt
from store.models.line import CostClass

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday."""
LOCAL, MOBILE, ABROAD = "+493012345678", "+491711234567", "+4319876543"
PREMIUM = "+499001234567"
EVERYTHING = {"to": ["*"], "classes": list(CostClass)}
"""A rule as wide as can be."""


@dataclass(frozen=True)
class At:
    """A clock that stands."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


def dialling_of(at: datetime = MORNING, country: str = "DE", **facts: Any) -> Dialling:
    """The door of a German paper with the phone 200."""
    return Dialling(House(At(at), country, {"200": "Desk"}, **facts))


def set_rules(trunks: Mapping[str, Any] | None = None, **dialling: Any) -> None:
    """What an administrator has written; one trunk that takes everything, if none is given."""
    given = trunks or {"main": {"host": "sip.example:5061"}}
    records.replace_trunks([TrunkEntry(name=name, **facts) for name, facts in given.items()])
    records.replace_rules(DiallingEntry.model_validate(dialling))


def rows() -> list[DialAttempt]:
    return list(DialAttempt.select().order_by(DialAttempt.id))
