"""Messages go when their time is over: first the row says so, then the file is removed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from peewee import fn

from store.database import translated, writing
from store.fields import as_stored
from store.message_search import forget
from store.models import Correction, Mailbox, Message, MessageNote, Transcript
from store.models.message import MessageState

DELETED_FOR = timedelta(days=7)
"""How long a deleted message can be had back."""
AT_ONCE = 200


@translated()
def retire(root: Path, now: datetime) -> int:
    """Remove what may go; how many messages. `root` is the voicemail folder.

    Messages that are new are never removed. Raises `StoreAway`.
    """
    retired = sum(_purge(due, now) for due in _dues(now))
    for row in _with_files():
        _remove_files(root, row)
    return retired


def _dues(now: datetime) -> Iterator[Any]:
    deleted = Message.state == MessageState.DELETED
    yield deleted & (Message.changed_at < now - DELETED_FOR)
    heard = fn.COALESCE(Message.heard_at, Message.changed_at)
    for box in Mailbox.select().where(Mailbox.keep_days > 0):
        saved = (Message.mailbox == box) & (Message.state == MessageState.SAVED)
        yield saved & (heard < as_stored(now - timedelta(days=box.keep_days)))


def _purge(due: Any, now: datetime) -> int:
    purged = 0
    while some := [row.id for row in Message.select(Message.id).where(due).limit(AT_ONCE)]:
        # Asked once more: somebody may have had it back in this very moment.
        chosen = Message.id.in_(some) & due
        with writing():
            facts = {"state": MessageState.PURGED, "changed_at": now}
            gone = Message.update(facts).where(chosen).execute()
        purged += gone
        if not gone:
            break
    return purged


def _with_files() -> Sequence[Message]:
    """Also those whose removal was cut off by a crash."""
    still = (Message.path != "") | (Message.comment_path != "")
    return list(Message.select().where((Message.state == MessageState.PURGED) & still))


def _remove_files(root: Path, row: Message) -> None:
    """The words go with the voice."""
    for path in filter(None, (row.path, row.comment_path)):
        (root / path).unlink(missing_ok=True)
    with writing():
        Transcript.delete().where(Transcript.message == row).execute()
        Correction.delete().where(Correction.message == row).execute()
        MessageNote.delete().where(MessageNote.message == row).execute()
        forget(row.id)
        Message.update(path="", comment_path="").where(Message.id == row.id).execute()
