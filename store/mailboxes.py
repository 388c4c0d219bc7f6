"""Mailboxes by what flows and people call them."""

from store.database import translated
from store.models import Mailbox, MailboxNumber


@translated()
def names() -> frozenset[str]:
    """Every name and number of a mailbox. Raises `StoreAway`."""
    named = {box.name for box in Mailbox.select(Mailbox.name)}
    return frozenset(named | {row.number for row in MailboxNumber.select(MailboxNumber.number)})


@translated()
def languages() -> frozenset[str]:
    """Every language that a mailbox speaks. Raises `StoreAway`."""
    return frozenset(box.language for box in Mailbox.select(Mailbox.language).distinct())
