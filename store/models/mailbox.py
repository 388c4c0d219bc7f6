"""Mailboxes: whose they are, what callers hear, who is told."""

from enum import StrEnum

import peewee

from store.database import Base
from store.fields import JsonField, SecretField, UtcField, now


class Mailbox(Base):
    """A place for messages, of one person or of several who share it."""

    id = peewee.AutoField()
    name = peewee.CharField(max_length=64, unique=True)
    """What flows call it."""
    title = peewee.CharField(max_length=200, default="")
    """What callers hear it called."""
    shared = peewee.BooleanField(default=False)
    language = peewee.CharField(max_length=16, default="en")
    """Of its greetings, its phone access and its transcripts."""
    pin_hash = peewee.CharField(max_length=255, default="")
    """argon2; empty: no access by phone."""
    away = peewee.BooleanField(default=False)
    """Its owner has switched the `away` greeting on."""
    hours = JsonField(null=True)
    """Weekly hours (`store.hours`) outside of which `closed` greets; none means always open."""
    min_seconds = peewee.FloatField(default=2.0)
    max_seconds = peewee.IntegerField(default=180)
    max_messages = peewee.IntegerField(default=500)
    """New and saved ones together; a full box says so and takes no more."""
    keep_days = peewee.IntegerField(default=0)
    """Days until a message that was heard is removed; 0 for never."""
    review = peewee.BooleanField(default=True)
    """Whether callers are offered to hear their message and to record it again."""
    transcribe = peewee.BooleanField(default=True)
    phones = JsonField(default=list)
    """SIP users whose message-waiting lamp shows this box."""
    created_at = UtcField(default=now)


class MailboxNumber(Base):
    """A number that a caller or a member of staff keys for a mailbox."""

    number = peewee.CharField(max_length=64, primary_key=True)
    mailbox = peewee.ForeignKeyField(Mailbox, backref="numbers", on_delete="CASCADE")


class PinGate(Base):
    """How often somebody keyed a wrong PIN: for a mailbox (one that exists or not), or a caller.

    Both kinds of mailbox are counted alike, so that nobody learns here which ones exist.
    """

    key = peewee.CharField(max_length=80, primary_key=True)
    """`box:…` or `caller:…`."""
    failures = peewee.IntegerField(default=0)
    locked_until = UtcField(null=True)
    changed_at = UtcField(default=now, index=True)


class GreetingKind(StrEnum):
    STANDARD = "standard"
    BUSY = "busy"
    AWAY = "away"
    CLOSED = "closed"


class Greeting(Base):
    """What callers hear before the tone: a recording, or words to be spoken."""

    id = peewee.AutoField()
    mailbox = peewee.ForeignKeyField(Mailbox, backref="greetings", on_delete="CASCADE")
    kind = peewee.CharField(max_length=16)
    text = peewee.TextField(default="")
    path = peewee.CharField(max_length=500, default="")
    """Relative to the voicemail folder; empty: the text is spoken."""
    changed_at = UtcField(default=now)

    class Meta:
        indexes = ((("mailbox", "kind"), True),)


class Channel(StrEnum):
    MAIL = "mail"
    WEBHOOK = "webhook"


class Attach(StrEnum):
    """How a mail carries the audio."""

    MP3 = "mp3"
    OPUS = "opus"
    LINK = "link"
    NONE = "none"


class Recipient(Base):
    """Who is told of a new message, and how."""

    id = peewee.AutoField()
    mailbox = peewee.ForeignKeyField(Mailbox, backref="recipients", on_delete="CASCADE")
    channel = peewee.CharField(max_length=16, default=Channel.MAIL)
    address = peewee.CharField(max_length=500)
    """A mail address, or a URL."""
    secret = SecretField(default="")
    """Signs what is posted to a URL; never shown."""
    attach = peewee.CharField(max_length=16, default=Attach.MP3)
    urgent_only = peewee.BooleanField(default=False)

    class Meta:
        indexes = ((("mailbox", "channel", "address"), True),)

    def __repr__(self) -> str:
        return f"<Recipient {self.id}: {self.channel}>"
