"""A line with an expert and a host, and sessions on it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lines.experts import records, sessions
from lines.experts.entry import checked_line, checked_session
from lines.people import records as people
from lines.people.entry import checked

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)
"""A Monday; noon in Berlin."""
HOUR = timedelta(hours=1)


def make_line(name: str = "science", **facts: Any) -> None:
    records.create(checked_line(name=name, **{"title": "Ask science", **facts}))


def make_people() -> None:
    phone = [{"kind": "phone", "number": "200"}]
    people.create(checked("DE", name="storm", title="Doctor Storm", numbers=phone))
    people.create(checked("DE", name="anna", title="Anna Berg", numbers=phone))


def make() -> None:
    make_people()
    make_line()


def schedule(starts_at: datetime = NOW + HOUR, **facts: Any) -> int:
    given = {"line": "science", "topic": "The weather", "expert": "storm", **facts}
    return sessions.schedule(checked_session(starts_at=starts_at, **given), NOW)
