"""People and their numbers, trunks, and what may be dialled over them."""

from enum import StrEnum

import peewee

from store.database import Base
from store.fields import JsonField, SecretField, UtcField, now


class Person(Base):
    """Somebody of the paper whom callers can be connected with."""

    id = peewee.AutoField()
    name = peewee.CharField(max_length=64, unique=True)
    """What flows call them."""
    title = peewee.CharField(max_length=200, default="")
    """What callers hear them called."""
    language = peewee.CharField(max_length=16, default="en")
    """In which they are spoken to, for instance when they are to confirm."""
    mail = peewee.CharField(max_length=320, default="")
    at_once = peewee.BooleanField(default=False)
    """Ring all numbers together instead of in order."""


class NumberKind(StrEnum):
    PHONE = "phone"
    """A SIP user of the switch."""
    OUTSIDE = "outside"
    """A mobile or a landline, over a trunk."""


class PersonNumber(Base):
    """One number of a person; they are tried in order of position."""

    id = peewee.AutoField()
    person = peewee.ForeignKeyField(Person, backref="numbers", on_delete="CASCADE")
    position = peewee.IntegerField(default=0)
    kind = peewee.CharField(max_length=16)
    number = peewee.CharField(max_length=64, index=True)
    """As the administrator wrote it."""
    ring_seconds = peewee.FloatField(null=True)
    """None for what the flow says."""
    confirm = peewee.BooleanField(null=True)
    """Whether a key must be pressed to take the call; None: at outside numbers."""


class NumberForm(StrEnum):
    """How a trunk wants numbers written."""

    E164 = "e164"
    """+49301234567"""
    DIGITS = "digits"
    """49301234567"""
    NATIONAL = "national"
    """0301234567 at home, 00… abroad"""


class Trunk(Base):
    """A way to outside numbers; of those that take a number, the first is tried first."""

    id = peewee.AutoField()
    name = peewee.CharField(max_length=64, unique=True)
    position = peewee.IntegerField(default=0)
    host = peewee.CharField(max_length=260, default="")
    """With its port, where that is not the usual one; empty for a gateway."""
    transport = peewee.CharField(max_length=8, default="udp")
    user = peewee.CharField(max_length=64, default="")
    """The box registers there by it; empty: the provider knows the box by its address."""
    password = SecretField(default="")
    domain = peewee.CharField(max_length=260, default="")
    """Of the account, where it is not the host's."""
    expires = peewee.IntegerField(default=600)
    """Seconds for which the box registers."""
    number = peewee.CharField(max_length=32, default="")
    """What its calls have dialled; empty: what each of them says."""
    addresses = JsonField(default=list)
    """Networks that its calls come from, as CIDR."""
    gateway = peewee.CharField(max_length=64, default="")
    """The name under which the switch itself knows it."""
    shows = peewee.CharField(max_length=32, default="caller")
    """`caller` for the caller's own number, `nothing`, or a number."""
    numbers = JsonField(default=list)
    """Patterns of the numbers that it takes; none for all."""
    form = peewee.CharField(max_length=16, default=NumberForm.E164)


class CostClass(StrEnum):
    """What a call to a number costs, by kind; `inside` is a phone of the house."""

    INSIDE = "inside"
    FREE = "free"
    LOCAL = "local"
    MOBILE = "mobile"
    INTERNATIONAL = "international"
    PREMIUM = "premium"
    SATELLITE = "satellite"
    EMERGENCY = "emergency"
    UNKNOWN = "unknown"


class Door(StrEnum):
    """Where a wish to dial comes from."""

    TRANSFER = "transfer"
    DIAL = "dial"
    CALLBACK = "callback"
    CONFERENCE = "conference"
    MAILBOX = "mailbox"


class DiallingRule(Base):
    """One line of the rules; the first that fits a number decides."""

    id = peewee.AutoField()
    name = peewee.CharField(max_length=64, unique=True)
    position = peewee.IntegerField(default=0)
    refuse = peewee.BooleanField(default=False)
    to = JsonField(default=list)
    """Numbers, and prefixes that end in `*`."""
    countries = JsonField(default=list)
    """ISO 3166 codes."""
    classes = JsonField(default=list)
    doors = JsonField(default=list)
    """None for every door."""
    hours = JsonField(null=True)
    """Weekly hours (`store.hours`) in which it counts; none means always."""


class DiallingLimit(Base):
    """How many calls are placed in an hour and in a day; none for as many as you like."""

    scope = peewee.CharField(max_length=16, primary_key=True)
    """`all` for everything outside the house, or a cost class."""
    per_hour = peewee.IntegerField(null=True)
    per_day = peewee.IntegerField(null=True)
    each_per_hour = peewee.IntegerField(null=True)
    """For each who asks: a caller, or a mailbox."""
    each_per_day = peewee.IntegerField(null=True)
    each_at_once = peewee.IntegerField(null=True)
    """Calls of each that are connected outside at one time."""


class DialState(StrEnum):
    RESERVED = "reserved"
    """Allowed, and counted; it stays so when a crash comes before its end."""
    SETTLED = "settled"
    RELEASED = "released"
    """Allowed, but never dialled: not counted."""
    REFUSED = "refused"


class DialAttempt(Base):
    """Somebody wanted to dial; who and what is hostile. The limits are counted from these rows."""

    id = peewee.AutoField()
    at = UtcField(default=now, index=True)
    number = peewee.CharField(max_length=64)
    cost_class = peewee.CharField(max_length=16, default=CostClass.UNKNOWN)
    door = peewee.CharField(max_length=16)
    asked_by = peewee.CharField(max_length=64, default="")
    """The caller's number, or the name of a mailbox or a person; all who hide theirs are one."""
    call = peewee.CharField(max_length=64, default="", index=True)
    """The call's uuid, where there is one."""
    state = peewee.CharField(max_length=16)
    outcome = peewee.CharField(max_length=32, default="")
    """What became of the call."""
    rule = peewee.CharField(max_length=64, default="")
    trunk = peewee.CharField(max_length=64, default="")
    reason = peewee.CharField(max_length=200, default="")
    """Why it was refused."""
    settled_at = UtcField(null=True)

    class Meta:
        indexes = (
            (("state", "cost_class", "at"), False),
            (("asked_by", "at"), False),
        )
