"""Calls that are owed to somebody."""

from enum import StrEnum

import peewee

from store.database import Base
from store.fields import JsonField, UtcField, now


class CallbackState(StrEnum):
    WAITING = "waiting"
    CALLING = "calling"
    """Begun by the callbox that has claimed it; after a crash it is called again."""
    DONE = "done"
    """Somebody took the call and heard the flow."""
    FAILED = "failed"
    """Given up after all attempts."""
    EXPIRED = "expired"
    """Given up as it was too late."""
    REFUSED = "refused"
    """The dialling rules forbid the number by now."""
    CANCELLED = "cancelled"


class Callback(Base):
    """A number that wants to be called, and the flow that it is to hear; what is said in it comes
    from callers and is hostile."""

    id = peewee.AutoField()
    number = peewee.CharField(max_length=64, index=True)
    """As the dialling rules write it, so that one number has one form."""
    language = peewee.CharField(max_length=16, default="")
    flow = peewee.CharField(max_length=64)
    given = JsonField(default=dict)
    """Variables that the flow begins with."""
    asked_by = peewee.CharField(max_length=64, default="")
    """The number of who asked for it; all who hide theirs are one."""
    call = peewee.CharField(max_length=64, default="")
    """The call in which it was asked for, by its uuid."""
    purpose = peewee.CharField(max_length=100, default="")
    hours = JsonField(null=True)
    """Weekly hours (`store.hours`) in which it may ring; none means always."""
    until = UtcField()
    """Given up then."""
    created_at = UtcField(default=now)
    next_at = UtcField()
    """Not called before."""
    attempts = peewee.IntegerField(default=0)
    most_attempts = peewee.IntegerField(default=4)
    state = peewee.CharField(max_length=16, default=CallbackState.WAITING)
    claimed_by = peewee.CharField(max_length=64, default="")
    """The callbox that calls, by its life."""
    outcome = peewee.CharField(max_length=32, default="")
    """What became of the last attempt."""
    reason = peewee.CharField(max_length=200, default="")
    """The same in plain words or the switch's."""
    reached = peewee.CharField(max_length=64, default="")
    """The call that was taken, by its uuid."""
    ended_at = UtcField(null=True)

    class Meta:
        indexes = ((("state", "next_at"), False),)
