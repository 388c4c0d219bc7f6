"""Messages that nobody has heard yet, and the next expert's hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN, fn

from admin.inbox.access import Sight, within
from store.models import ExpertSession, Mailbox, Message, Person
from store.models.expert import SessionState
from store.models.message import MessageState

COMING = (SessionState.SCHEDULED, SessionState.OPEN, SessionState.LIVE)
LONGEST_HOUR = timedelta(hours=12)
"""An hour that began before that is not the next one, whatever its row says."""


@dataclass(frozen=True, slots=True)
class Box:
    mailbox: Mailbox
    new: int
    urgent: int


def boxes(sight: Sight) -> Sequence[Box]:
    """Those with new messages, of the mailboxes that whoever looks may see."""
    urgent = fn.SUM(Message.urgent.cast("integer"))
    rows: Any = (
        Message.select(Message.mailbox, fn.COUNT(1), urgent)
        .where(within(sight.places), Message.state == MessageState.NEW)
        .group_by(Message.mailbox)
        .tuples()
    )
    found = {id: (new, urgent) for id, new, urgent in rows}
    return [Box(box, *found[box.id]) for box in sight.boxes if box.id in found]


def next_hour(now: datetime) -> ExpertSession | None:
    query = (
        ExpertSession.select(ExpertSession, Person)
        .join(Person, JOIN.LEFT_OUTER, on=(ExpertSession.expert == Person.id))
        .where(ExpertSession.state.in_(COMING), ExpertSession.starts_at > now - LONGEST_HOUR)
    )
    found: ExpertSession | None = query.order_by(ExpertSession.starts_at).first()
    return found
