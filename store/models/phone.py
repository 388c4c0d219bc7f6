"""Desk phones that the paper keeps in the panel; others stand in the settings."""

import peewee

from store.database import Base
from store.fields import SecretField, UtcField, now


class SipPhone(Base):
    """A phone that registers with the switch."""

    id = peewee.AutoField()
    number = peewee.CharField(max_length=15, unique=True)
    """What it registers as, and what is dialled to reach it."""
    title = peewee.CharField(max_length=200, default="")
    password = SecretField(default="")
    """The switch needs it as it is; shown once when it is made. Empty: it cannot register yet."""
    created_at = UtcField(default=now)

    def __repr__(self) -> str:
        return f"<SipPhone {self.number}>"
