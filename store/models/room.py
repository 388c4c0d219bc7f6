"""Conference rooms: who may come in as what, and what was recorded there."""

from enum import StrEnum

import peewee

from store.database import Base
from store.fields import UtcField, now


class Announce(StrEnum):
    """How the others learn that somebody comes or leaves."""

    NONE = "none"
    TONE = "tone"
    NAME = "name"
    """Who comes says a name, which the others hear."""


class ConferenceRoom(Base):
    """A room in which callers meet."""

    id = peewee.AutoField()
    name = peewee.CharField(max_length=64, unique=True)
    """What flows call it."""
    title = peewee.CharField(max_length=200, default="")
    """What callers hear it called."""
    language = peewee.CharField(max_length=16, default="en")
    listener_pin = peewee.CharField(max_length=255, default="")
    speaker_pin = peewee.CharField(max_length=255, default="")
    moderator_pin = peewee.CharField(max_length=255, default="")
    """argon2 (`store.pins`); empty: nobody comes in as that by a PIN."""
    open = peewee.CharField(max_length=16, default="")
    """As what callers come in without a PIN; empty: not at all."""
    wait_for_moderator = peewee.BooleanField(default=False)
    ends_with_moderator = peewee.BooleanField(default=False)
    """Whether everybody is shown out when the last moderator leaves."""
    announce = peewee.CharField(max_length=16, default=Announce.TONE)
    muted = peewee.BooleanField(default=False)
    """Whether speakers come in muted; they may unmute themselves."""
    most_members = peewee.IntegerField(default=50)
    record = peewee.BooleanField(default=False)
    """Whether all that is said is recorded; everybody is told before they come in."""
    music = peewee.CharField(max_length=64, default="")
    """One of the paper's own recordings, heard by who is alone or waits for the moderator."""
    created_at = UtcField(default=now)


class ConferenceNumber(Base):
    """A number that a caller keys for a room."""

    number = peewee.CharField(max_length=64, primary_key=True)
    room = peewee.ForeignKeyField(ConferenceRoom, backref="numbers", on_delete="CASCADE")


class ConferenceRecording(Base):
    """What was recorded in a room; the file itself stands in the ledger of recordings."""

    id = peewee.AutoField()
    room = peewee.ForeignKeyField(
        ConferenceRoom, backref="recordings", null=True, on_delete="SET NULL"
    )
    path = peewee.CharField(max_length=500, unique=True)
    """Relative to the recordings' folder."""
    begun_at = UtcField(index=True)
    seconds = peewee.FloatField(default=0.0)
