"""Who works with the panel, where they are signed in, and what they changed."""

import peewee

from store.database import Base
from store.fields import JsonField, SecretField, UtcField, now
from store.models.mailbox import Mailbox


class PanelUser(Base):
    """Somebody who signs in to the panel."""

    id = peewee.AutoField()
    name = peewee.CharField(max_length=64, unique=True)
    """What is keyed to sign in; lower case."""
    title = peewee.CharField(max_length=200, default="")
    """What others see: the person's name."""
    mail = peewee.CharField(max_length=200, default="")
    role = peewee.CharField(max_length=32)
    """One of `admin.access.roles.Role`."""
    person = peewee.CharField(max_length=64, default="")
    """Who of the people this is (`Person.name`): whose phone rings for a call from the panel."""
    language = peewee.CharField(max_length=16, default="")
    """Of the panel for this user; empty: as the browser asks."""
    password_hash = peewee.CharField(max_length=255)
    """argon2."""
    password_changed_at = UtcField(default=now)
    must_change_password = peewee.BooleanField(default=False)
    totp_secret = SecretField(default="")
    """Base 32 (RFC 6238); empty: no second factor."""
    totp_step = peewee.IntegerField(default=0)
    """The last time step whose code was taken: no code works twice (RFC 6238, 5.2)."""
    active = peewee.BooleanField(default=True)
    created_at = UtcField(default=now)
    last_seen_at = UtcField(null=True)

    def __repr__(self) -> str:
        return f"<PanelUser {self.name}>"


class RecoveryCode(Base):
    """A code that stands in, once, for a lost second factor."""

    id = peewee.AutoField()
    user = peewee.ForeignKeyField(PanelUser, backref="recovery_codes", on_delete="CASCADE")
    digest = peewee.CharField(max_length=64)
    """SHA-256 in hex: the codes are random and long, nobody guesses them."""
    used_at = UtcField(null=True)


class PanelSession(Base):
    """A browser in which somebody is signed in."""

    id = peewee.AutoField()
    digest = peewee.CharField(max_length=64, unique=True)
    """SHA-256 in hex of the token that the browser keeps."""
    user = peewee.ForeignKeyField(PanelUser, backref="sessions", on_delete="CASCADE")
    address = peewee.CharField(max_length=64, default="")
    browser = peewee.CharField(max_length=255, default="")
    second_factor = peewee.BooleanField(default=False)
    """Whether the second factor was shown, too."""
    created_at = UtcField(default=now)
    seen_at = UtcField(default=now)
    ends_at = UtcField(index=True)


class MailboxGrant(Base):
    """A mailbox whose messages a user may hear and handle."""

    id = peewee.AutoField()
    user = peewee.ForeignKeyField(PanelUser, backref="grants", on_delete="CASCADE")
    user_id: int
    mailbox = peewee.ForeignKeyField(Mailbox, backref="grants", on_delete="CASCADE")
    mailbox_id: int

    class Meta:
        indexes = ((("user", "mailbox"), True),)


class AuditEntry(Base):
    """What somebody changed; the database itself refuses to alter or remove it."""

    id = peewee.AutoField()
    at = UtcField(default=now, index=True)
    user = peewee.CharField(max_length=64, default="")
    """The user's name, which outlives the user; empty: the box itself."""
    address = peewee.CharField(max_length=64, default="")
    action = peewee.CharField(max_length=64, index=True)
    """For instance `create`, `change`, `delete`, `publish`, `sign-in`."""
    subject = peewee.CharField(max_length=64, index=True)
    """What kind of thing, for instance `mailbox`."""
    subject_id = peewee.CharField(max_length=100, default="")
    before = JsonField(null=True)
    after = JsonField(null=True)
