"""Cheap marks of what is in the store: another mark tells that something has changed."""

from collections.abc import Hashable

from peewee import fn

from store.database import translated
from store.models import Correction, Message, Transcript
from store.models.message import MessageState, TranscriptState

UNFINISHED = (TranscriptState.WAITING, TranscriptState.RUNNING, TranscriptState.FAILED)


@translated()
def messages() -> Hashable:
    """Changes with every message, what people do with one, its transcript and corrections.

    Asked every second: each part is one step into an index, however many messages there are.
    """
    changed = [
        Message.select(fn.MAX(Message.changed_at)).where(Message.state == state).scalar()
        for state in MessageState
    ]
    unfinished = [
        Transcript.select().where(Transcript.state == state).count() for state in UNFINISHED
    ]
    return (*changed, *unfinished, Correction.select(fn.MAX(Correction.id)).scalar())
