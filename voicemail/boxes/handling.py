"""What an owner does with a message. Each touches only messages of the given mailbox."""

from typing import Any

from peewee import fn

from store.database import translated
from store.fields import now
from store.models import Message
from store.models.message import MessageState
from voicemail.boxes.letters import KEPT
from voicemail.errors import LetterGone
from voicemail.ports import Box


@translated()
def heard(box: Box, letter: str) -> None:
    """It was listened to; only the first time counts. What is gone meanwhile is no error."""
    first = _in(box, letter) & Message.heard_at.is_null()
    Message.update(heard_at=now()).where(first).execute()


@translated()
def save(box: Box, letter: str) -> None:
    """From the archive, too. Raises `LetterGone`."""
    _change(box, letter, Message.state.in_(KEPT), state=MessageState.SAVED)


@translated()
def delete(box: Box, letter: str) -> None:
    """Twice is as good as once. Raises `LetterGone`."""
    if not _is_deleted(box, letter):
        kept = Message.state.in_(KEPT)
        _change(box, letter, kept, state=MessageState.DELETED, deleted_from=Message.state)


@translated()
def archive(box: Box, letter: str) -> None:
    """Dealt with; twice is as good as once. Raises `LetterGone`."""
    _change(box, letter, Message.state.in_(KEPT), state=MessageState.ARCHIVED)


@translated()
def mark_new(box: Box, letter: str) -> None:
    """As if nobody had heard it. Raises `LetterGone`."""
    _change(box, letter, Message.state.in_(KEPT), state=MessageState.NEW, heard_at=None)


@translated()
def undelete(box: Box, letter: str) -> None:
    """Back to where it was deleted from. Raises `LetterGone`."""
    before = fn.COALESCE(fn.NULLIF(Message.deleted_from, ""), MessageState.SAVED)
    states = (*KEPT, MessageState.DELETED)
    back = before if _is_deleted(box, letter) else Message.state
    _change(box, letter, Message.state.in_(states), state=back, deleted_from="")


def _is_deleted(box: Box, letter: str) -> bool:
    here = _in(box, letter) & (Message.state == MessageState.DELETED)
    return bool(Message.select().where(here).exists())


def _change(box: Box, letter: str, allowed: Any, **facts: Any) -> None:
    changed = Message.update(changed_at=now(), **facts).where(_in(box, letter), allowed)
    if not changed.execute():
        raise LetterGone(letter, box.name)


def _in(box: Box, letter: str) -> Any:
    return (Message.id == letter) & (Message.mailbox == box.id)
