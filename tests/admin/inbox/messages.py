"""Messages, and people who may hear them or not."""

from pathlib import Path
from typing import Any

from admin.panel import Panel
from store.message_search import index
from store.models import Mailbox, MailboxGrant, Message, PanelUser
from tests.voicemail.left import heard, leave


def voicemail(panel: Panel) -> Path:
    return panel.home / "voicemail"


def box(name: str, *, shared: bool = True, **fields: Any) -> Mailbox:
    return Mailbox.create(name=name, title=name.title(), shared=shared, **fields)


def grant(user: PanelUser, *boxes: Mailbox) -> None:
    for each in boxes:
        MailboxGrant.create(user=user, mailbox=each)


def said(panel: Panel, mailbox: Mailbox, words: str = "", **facts: Any) -> Message:
    """A message in which that was said, in the mailbox; it is in the index like the worker does."""
    message = leave(mailbox, voicemail(panel), **facts)
    if words:
        heard(message, *((word, 1.0) for word in words.split()))
        index(message.id)
    return Message.get_by_id(message.id)
