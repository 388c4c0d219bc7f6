"""What people do about messages: whose they are to see to, what is noted, how they are found."""

import peewee

from store.database import Base
from store.fields import UtcField, now
from store.models.message import Message
from store.models.panel import PanelUser


class MessageAssignment(Base):
    """Who sees to a message."""

    message = peewee.ForeignKeyField(
        Message, backref="assignments", primary_key=True, on_delete="CASCADE"
    )
    user = peewee.ForeignKeyField(PanelUser, backref="assignments", on_delete="CASCADE")
    assigned_by = peewee.CharField(max_length=64, default="")
    assigned_at = UtcField(default=now)


class MessageNote(Base):
    """What a colleague wrote beside a message; never read to callers."""

    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, backref="notes", on_delete="CASCADE")
    text = peewee.TextField()
    author = peewee.CharField(max_length=100, default="")
    created_at = UtcField(default=now)


class MessageIndex(Base):
    """A message whose words can be searched.

    Its number is that of its row in the text index `message_words`, which is no table of models:
    each database has its own kind (`store.message_search`).
    """

    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, backref="indexed", unique=True, on_delete="CASCADE")
