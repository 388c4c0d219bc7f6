"""Mailboxes, found by the number that was keyed or the name that a flow gives."""

from store.database import translated
from store.fields import clean
from store.models import Mailbox, MailboxNumber
from voicemail.errors import BoxUnknown
from voicemail.ports import Box


@translated()
def find(asked: str) -> Box | None:
    """The mailbox of a number or a name."""
    row = row_of(asked)
    return None if row is None else as_box(row)


def row_of(asked: str) -> Mailbox | None:
    """The row of a number or a name. A name never looks like a number (`entry.NAME`)."""
    wanted = clean(asked, 64)
    numbered = Mailbox.select().join(MailboxNumber).where(MailboxNumber.number == wanted)
    found: Mailbox | None = numbered.first() or Mailbox.get_or_none(Mailbox.name == wanted)
    return found


def known(asked: str) -> Mailbox:
    """Raises `BoxUnknown`."""
    row = row_of(asked)
    if row is None:
        raise BoxUnknown(asked)
    return row


def row(box: Box) -> Mailbox:
    """The row as it is now. Raises `BoxUnknown` when it was removed meanwhile."""
    found: Mailbox | None = Mailbox.get_or_none(Mailbox.id == box.id)
    if found is None:
        raise BoxUnknown(box.name)
    return found


def as_box(row: Mailbox) -> Box:
    return Box(
        id=row.id,
        name=row.name,
        title=row.title,
        shared=row.shared,
        language=row.language,
        min_seconds=row.min_seconds,
        max_seconds=row.max_seconds,
        review=row.review,
        has_pin=bool(row.pin_hash),
    )
