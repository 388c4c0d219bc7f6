"""The mailboxes of the benches, and messages in them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import peewee

from store.database import writing
from store.models import Mailbox, MailboxNumber, Message
from store.models.message import MessageState
from store.pins import hashed

DESK = "desk"
"""Takes what callers say."""
FEW, MANY = "2010", "2011"
"""Numbers of mailboxes to listen to."""
PIN = "4927"
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
ROWS_AT_ONCE = 500


def make_mailboxes() -> None:
    with writing():
        Mailbox.create(name=DESK, title="the desk")
        for number in (FEW, MANY):
            box = Mailbox.create(name=f"box-{number}", title="a box", pin_hash=hashed(PIN))
            MailboxNumber.create(number=number, mailbox=box)


def mailbox(number: str) -> Mailbox:
    return MailboxNumber.get_by_id(number).mailbox


def fill(number: str, messages: int) -> None:
    """New messages, of which nobody listens to one: only their rows are there."""
    with writing():
        for rows in peewee.chunked(_rows(mailbox(number), messages), ROWS_AT_ONCE):
            Message.insert_many(rows).execute()


def save_one(number: str) -> None:
    """Its counts are others then than they ever were."""
    box = mailbox(number)
    one = Message.select().where(Message.mailbox == box, Message.state == MessageState.NEW).first()
    Message.update(state=MessageState.SAVED).where(Message.id == one.id).execute()


def _rows(box: Mailbox, messages: int) -> Iterator[dict[str, Any]]:
    for number in range(messages):
        yield {
            "id": f"{box.name}-{number:05}",
            "mailbox": box,
            "box": box.name,
            "state": MessageState.NEW,
            "urgent": number % 50 == 0,
            "caller_number": f"555{number:07}",
            "started_at": FIRST + timedelta(minutes=number),
            "seconds": 10.0,
        }
