"""The ledger of recordings."""

from enum import StrEnum

import peewee

from store.database import Base
from store.fields import UtcField, now
from store.models.call import Call


class RecordingState(StrEnum):
    KEPT = "kept"
    MISSING = "missing"
    CHANGED = "changed"


class Recording(Base):
    """A file that a call left behind."""

    id = peewee.AutoField()
    path = peewee.CharField(max_length=500, unique=True)
    """Relative to the recordings' folder."""
    call = peewee.ForeignKeyField(Call, backref="recordings", null=True, on_delete="SET NULL")
    seconds = peewee.FloatField()
    sha256 = peewee.CharField(max_length=64)
    state = peewee.CharField(max_length=16, default=RecordingState.KEPT)
    created_at = UtcField(default=now)
