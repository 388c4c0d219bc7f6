"""Messages, their transcripts, and who was told of them."""

from enum import StrEnum

import peewee

from store.database import Base
from store.fields import JsonField, UtcField, now
from store.models.mailbox import Mailbox, Recipient


class MessageState(StrEnum):
    RECORDING = "recording"
    """The caller is at it, or a crash cut it off; found again."""
    NEW = "new"
    SAVED = "saved"
    """Heard, and kept."""
    ARCHIVED = "archived"
    """Dealt with: kept for good, out of the way, and no longer what fills a mailbox."""
    DELETED = "deleted"
    """Can be had back until its file is removed."""
    DISCARDED = "discarded"
    """Nothing was said, or the caller withdrew it; why is in `reason`."""
    PURGED = "purged"
    """Its file was removed, by the rules of the box."""


class Message(Base):
    """One message; what the caller gave is hostile."""

    id = peewee.CharField(max_length=36, primary_key=True)
    mailbox = peewee.ForeignKeyField(Mailbox, backref="messages", null=True, on_delete="RESTRICT")
    """None when it was left for a box that does not exist (any more)."""
    mailbox_id: int | None
    box = peewee.CharField(max_length=64, default="")
    """The name of the box that it was left for."""
    call = peewee.CharField(max_length=64, default="", index=True)
    """The call's uuid; the call's own row may come later or never."""
    state = peewee.CharField(max_length=16, default=MessageState.RECORDING)
    urgent = peewee.BooleanField(default=False)
    caller_number = peewee.CharField(max_length=64, default="")
    caller_name = peewee.CharField(max_length=200, default="")
    withheld = peewee.BooleanField(default=False)
    dialled = peewee.CharField(max_length=64, default="")
    callback_number = peewee.CharField(max_length=64, default="")
    """Where the caller wants to be called; empty: at `caller_number`."""
    callback_confirmed = peewee.BooleanField(default=False)
    """Whether the caller heard the number and said that it is right."""
    language = peewee.CharField(max_length=16, default="")
    started_at = UtcField(index=True)
    ended_at = UtcField(null=True)
    ended_by = peewee.CharField(max_length=16, default="")
    """`key`, `silence`, `limit`, `hangup`, `failed` where the switch gave up, or `salvaged`."""
    seconds = peewee.FloatField(default=0.0)
    spoken_seconds = peewee.FloatField(default=0.0)
    path = peewee.CharField(max_length=500, default="")
    """Relative to the voicemail folder; empty while it is recorded and after it was removed."""
    size = peewee.BigIntegerField(default=0)
    """Bytes of the file."""
    sha256 = peewee.CharField(max_length=64, default="")
    reason = peewee.CharField(max_length=200, default="")
    heard_at = UtcField(null=True)
    deleted_from = peewee.CharField(max_length=16, default="")
    """The state that it had before it was deleted."""
    changed_at = UtcField(default=now)
    forwarded_from = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
    forwarded_by = peewee.CharField(max_length=64, default="")
    """The name of the box whose owner forwarded it."""
    comment_path = peewee.CharField(max_length=500, default="")
    """What that owner said about it; relative to the voicemail folder."""

    class Meta:
        indexes = (
            (("mailbox", "state", "urgent", "started_at"), False),
            (("state", "changed_at"), False),
        )


class TranscriptState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Transcript(Base):
    """What a machine heard in a message; people's corrections are kept apart."""

    message = peewee.ForeignKeyField(
        Message, backref="transcripts", primary_key=True, on_delete="CASCADE"
    )
    message_id: str
    state = peewee.CharField(max_length=16, default=TranscriptState.WAITING, index=True)
    language = peewee.CharField(max_length=16, default="")
    text = peewee.TextField(default="")
    words = JsonField(default=list)
    """`[{"text", "start", "end", "confidence"}]`, times in seconds from the beginning."""
    engine = peewee.CharField(max_length=32, default="")
    model = peewee.CharField(max_length=100, default="")
    note = peewee.CharField(max_length=300, default="")
    """In plain words what limits it."""
    progress = peewee.FloatField(default=0.0)
    """From 0 to 1."""
    attempts = peewee.IntegerField(default=0)
    claimed_by = peewee.CharField(max_length=64, default="")
    """The worker that has it, by its life: a worker that was killed never comes back as itself."""
    finished_at = UtcField(null=True)
    error = peewee.CharField(max_length=500, default="")


class Correction(Base):
    """A person's wording of a transcript; the newest counts."""

    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, backref="corrections", on_delete="CASCADE")
    text = peewee.TextField()
    author = peewee.CharField(max_length=100, default="")
    created_at = UtcField(default=now)


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    """Begun; after a crash it is sent again under the same Message-ID."""
    SENT = "sent"
    FAILED = "failed"
    """Given up after all attempts, or refused for good; shown to people."""


class Delivery(Base):
    """Telling one recipient of one message."""

    id = peewee.AutoField()
    message = peewee.ForeignKeyField(Message, backref="deliveries", on_delete="CASCADE")
    recipient = peewee.ForeignKeyField(
        Recipient, backref="deliveries", null=True, on_delete="SET NULL"
    )
    channel = peewee.CharField(max_length=16)
    address = peewee.CharField(max_length=500)
    state = peewee.CharField(max_length=16, default=DeliveryState.WAITING)
    attempts = peewee.IntegerField(default=0)
    next_at = UtcField(default=now)
    claimed_by = peewee.CharField(max_length=64, default="")
    sent_at = UtcField(null=True)
    error = peewee.CharField(max_length=500, default="")

    class Meta:
        indexes = (
            (("message", "channel", "address"), True),
            (("state", "next_at"), False),
        )
