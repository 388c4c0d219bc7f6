"""Mailboxes and messages as lists for administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store import gates
from store.database import translated
from store.fields import clean
from store.models import Delivery, Mailbox, Message, Transcript
from store.models.message import MessageState
from voicemail.boxes.letters import counts
from voicemail.boxes.lookup import as_box, known
from voicemail.boxes.signing_in import numbers_of
from voicemail.errors import MessageUnknown
from voicemail.ports import Box, Counts

GONE = (MessageState.DISCARDED, MessageState.PURGED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A mailbox with what its administrator wants to know at a glance."""

    box: Box
    numbers: Sequence[str]
    counts: Counts
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """A message with its words and whoever was told of it."""

    message: Message
    transcript: Transcript | None
    deliveries: Sequence[Delivery]


@translated()
def mailboxes(now: datetime) -> Sequence[Listed]:
    """All mailboxes by name."""
    rows = Mailbox.select().order_by(Mailbox.name)
    return [
        Listed(as_box(row), numbers_of(row), counts(as_box(row)), gates.locked_until(row.name, now))
        for row in rows
    ]


@translated()
def messages(box: str = "", limit: int = 20) -> Sequence[Message]:
    """The newest messages first, of one mailbox or of all. Raises `BoxUnknown`."""
    found = Message.select().where(Message.state.not_in(GONE))
    if box:
        found = found.where(Message.mailbox == known(box))
    return list(found.order_by(Message.started_at.desc(), Message.id).limit(limit))


@translated()
def message(id: str) -> Told:
    """One message, also one that is gone. Raises `MessageUnknown`."""
    row = Message.get_or_none(Message.id == clean(id, 36))
    if row is None:
        raise MessageUnknown(id)
    deliveries = Delivery.select().where(Delivery.message == row).order_by(Delivery.id)
    return Told(row, Transcript.get_or_none(Transcript.message == row), list(deliveries))
