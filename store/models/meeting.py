"""Meetings: conferences at a time, their guests, and what the box still has to do for each."""

from enum import StrEnum

import peewee

from store.database import Base
from store.fields import UtcField, now
from store.models.room import ConferenceRoom


class MeetingState(StrEnum):
    SCHEDULED = "scheduled"
    """It may be under way, or over: its time tells."""
    CANCELLED = "cancelled"


class Meeting(Base):
    """People meet in a conference room at a time."""

    id = peewee.AutoField()
    uid = peewee.CharField(max_length=36, unique=True)
    """By which calendars know it (RFC 5545, 3.8.4.7), however often it is moved."""
    title = peewee.CharField(max_length=200)
    room = peewee.ForeignKeyField(
        ConferenceRoom, backref="meetings", null=True, on_delete="SET NULL"
    )
    """None once the room is gone."""
    organiser = peewee.CharField(max_length=64, default="")
    """A person's name; calls count as asked for by them."""
    starts_at = UtcField(index=True)
    minutes = peewee.IntegerField(default=60)
    language = peewee.CharField(max_length=16, default="en")
    state = peewee.CharField(max_length=16, default=MeetingState.SCHEDULED)
    revision = peewee.IntegerField(default=0)
    """Counts changes that guests must know of (RFC 5545, 3.8.7.4)."""
    created_at = UtcField(default=now)


class Answer(StrEnum):
    OPEN = ""
    COMING = "coming"
    DECLINED = "declined"


class MeetingGuest(Base):
    """Somebody who is asked to a meeting; name, number and address may come from outside."""

    id = peewee.AutoField()
    meeting = peewee.ForeignKeyField(Meeting, backref="guests", on_delete="CASCADE")
    name = peewee.CharField(max_length=200, default="")
    """What they are called in lists and mails."""
    person = peewee.CharField(max_length=64, default="")
    """One of the paper's people, by name; else the number and the address below count."""
    number = peewee.CharField(max_length=64, default="")
    mail = peewee.CharField(max_length=320, default="")
    role = peewee.CharField(max_length=16, default="speaker")
    call_before = peewee.IntegerField(default=0)
    """Minutes before the start at which they are reminded by phone; 0: not at all."""
    mail_before = peewee.IntegerField(default=0)
    """The same by mail."""
    dial_out = peewee.BooleanField(default=False)
    """Whether they are called when it begins."""
    answer = peewee.CharField(max_length=16, default=Answer.OPEN)
    """To the reminder by phone."""
    answered_at = UtcField(null=True)
    dismissed = peewee.BooleanField(default=False)
    """Not asked any more: nothing is done for them but to tell them so."""


class ErrandKind(StrEnum):
    INVITATION = "invitation"
    MOVED = "moved"
    CANCELLATION = "cancellation"
    MAIL_REMINDER = "mail_reminder"
    REMINDER_CALL = "reminder_call"
    DIAL_OUT = "dial_out"


class ErrandState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    """Claimed; by a process that is gone, it is free again."""
    DONE = "done"
    FAILED = "failed"
    """Given up after the last attempt."""
    REFUSED = "refused"
    """The dialling rules forbid the call, or the address can never be reached."""
    MISSED = "missed"
    """Its time passed while nothing could be done."""
    WITHDRAWN = "withdrawn"
    """The meeting was moved or cancelled, or the guest declined."""


class MeetingErrand(Base):
    """One thing to be done once for one guest: a call, or a mail."""

    id = peewee.AutoField()
    guest = peewee.ForeignKeyField(MeetingGuest, backref="errands", on_delete="CASCADE")
    kind = peewee.CharField(max_length=16)
    revision = peewee.IntegerField(default=0)
    """Of the meeting, for which it was planned."""
    state = peewee.CharField(max_length=16, default=ErrandState.WAITING)
    next_at = UtcField()
    attempts = peewee.IntegerField(default=0)
    claimed_by = peewee.CharField(max_length=64, default="")
    """The life of the callbox or worker that has it."""
    outcome = peewee.CharField(max_length=32, default="")
    """Of the last attempt, in a word."""
    reason = peewee.CharField(max_length=300, default="")
    """Why it was refused or failed."""
    done_at = UtcField(null=True)

    class Meta:
        indexes = ((("guest", "kind", "revision"), True), (("state", "next_at"), False))
