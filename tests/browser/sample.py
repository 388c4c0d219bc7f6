"""A week of a small paper: what the pictures show, and what every page is tried with."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from admin.access.roles import Role
from admin.audit import record
from appliance.example import install
from appliance.home import Home
from store.database import connect, disconnect
from store.fields import now
from store.models import (
    Call,
    CallStep,
    ConferenceRoom,
    ExpertLine,
    ExpertSession,
    Mailbox,
    Message,
    Person,
)
from store.models.expert import SessionState
from tests.admin.panels import user
from tests.lines.pieces.hours import make_piece, make_question
from tests.voicemail.left import heard, leave

EXAMPLE = Path(__file__).parents[2] / "examples" / "daily"
CALLS = 240
STEPS = ("welcome", "ask", "look", "tell", "again")
WORDS = (
    ("please", 0.98), ("call", 0.97), ("me", 0.99), ("back", 0.96), ("the", 0.99),
    ("road", 0.62), ("is", 0.97), ("closed", 0.41), ("since", 0.9), ("this", 0.95),
    ("morning", 0.93),
)  # fmt: skip


@contextmanager
def sample_home(home: Path) -> Iterator[None]:
    """Fills `home` with the example paper and its week; the store stays open meanwhile."""
    with patch.dict(os.environ, {"PRESSLINE_HOME": str(home)}):
        install(EXAMPLE, Home(home))
    connect(home / "pressline.db")
    _users()
    _calls()
    _messages(home)
    _air(home)
    yield
    disconnect()


def _users() -> None:
    for role in Role:
        user(role)
    record("change", "mailbox", 1, {"max_seconds": 180}, {"max_seconds": 240})


def _calls() -> None:
    end = now()
    for number in range(CALLS):
        at = end - timedelta(minutes=41 * number)
        lost = number % 17 == 0
        call = Call.create(
            uuid=f"sample-{number:04}",
            caller_number=f"+4930{5550100 + number % 60}",
            caller_name="Ann Reader" if number % 3 else "",
            dialled="100",
            flow="main",
            version=1,
            started_at=at,
            answered_at=at,
            ended_at=at + timedelta(seconds=20 + number % 90),
            state="failed" if lost else ("hung_up" if number % 4 else "finished"),
            reason="no voice answered in time" if lost else "",
            hangup_cause="NORMAL_CLEARING",
            language="en",
            tags=["subscription"] if number % 5 == 0 else [],
        )
        _steps(call, at, 1 + number % len(STEPS))


def _steps(call: Call, at: datetime, count: int) -> None:
    for position, step in enumerate(STEPS[:count]):
        CallStep.create(
            call=call,
            position=position,
            flow="main",
            step=step,
            verb="menu" if step == "welcome" else "say",
            started_at=at + timedelta(seconds=4 * position),
            seconds=3.5,
            event="1" if step == "welcome" else "done",
            detail="said: Welcome to the Daily.",
        )


def _messages(home: Path) -> None:
    for number, box in enumerate(("desk", "tips", "desk", "science")):
        message = leave(Mailbox.get(Mailbox.name == box), home / "voicemail")
        at = now() - timedelta(hours=3 * number + 1)
        Message.update(urgent=number == 1, started_at=at).where(Message.id == message.id).execute()
        if number != 2:
            heard(message, *WORDS)


def _air(home: Path) -> None:
    ConferenceRoom.create(name="editors", title="the editors' meeting", open="speaker")
    line = ExpertLine.get(ExpertLine.name == "science")
    expert = Person.get(Person.name == "storm")
    known = {"line": line, "expert": expert, "languages": ["en"]}
    ExpertSession.create(topic="Storms and floods", starts_at=now() + timedelta(hours=2), **known)
    past = ExpertSession.create(
        topic="Why the river rises",
        starts_at=now() - timedelta(days=1),
        state=SessionState.CLOSED,
        **known,
    )
    make_question(past)
    make_piece(home / "recordings", past)
