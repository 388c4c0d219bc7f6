"""Hours that are planned, and one that is held, for the tests of their pages."""

from datetime import UTC, datetime, timedelta
from typing import Any

from lines.experts import sessions
from lines.experts.entry import checked_session
from store.models import ExpertSession
from tests.lines.experts.planned import make

SOON = (datetime.now(UTC) + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)


def an_hour(starts_at: datetime = SOON, **facts: Any) -> ExpertSession:
    """On a line with an expert and a host, made with the first one."""
    if not ExpertSession.select().exists():
        make()
    given = {"line": "science", "topic": "The weather", "expert": "storm", "host": "anna", **facts}
    return sessions.known(sessions.schedule(checked_session(starts_at=starts_at, **given)))


def question(id: str, **facts: Any) -> dict[str, Any]:
    usual = {
        "question": id, "call": f"call-{id}", "name": "", "number": "0301234567", "contact": "",
        "state": "waiting", "priority": 0, "note": "", "screened": False, "language": "en",
        "asked_at": "2027-05-03T12:05:00+02:00", "on_air_at": None,
    }  # fmt: skip
    return usual | facts


def held(session: int, *waiting: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """As the box tells an hour."""
    usual = {
        "session": session, "line": "science", "topic": "The weather", "state": "live",
        "starts_at": "2027-05-03T12:00:00+02:00", "ends_at": "2027-05-03T13:00:00+02:00",
        "callers": 48, "listeners": 44, "staff": [], "calling_expert": False, "on_air": None,
        "muted": False, "recording": False, "waiting": list(waiting),
        "waiting_count": len(waiting),
    }  # fmt: skip
    return usual | facts


def staff(seat: str, **facts: Any) -> dict[str, Any]:
    usual = {
        "call": f"call-{seat}", "seat": seat, "name": "", "number": "200", "room": "hall-1",
        "aside": "",
    }  # fmt: skip
    return usual | facts
