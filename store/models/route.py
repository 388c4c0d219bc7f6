"""Which flow answers a dialled number, and on which days everything is closed."""

import peewee

from store.database import Base
from store.fields import JsonField


class Route(Base):
    """One line of the table of dialled numbers; the first that fits is taken."""

    id = peewee.AutoField()

    position = peewee.IntegerField(default=0, index=True)
    number = peewee.CharField(max_length=64)
    """The dialled number; a `*` at the end stands for any further digits."""
    flow = peewee.CharField(max_length=64)
    hours = JsonField(null=True)
    """Weekly hours (`store.hours`); none means always open."""
    closed = peewee.CharField(max_length=64, default="")
    """The flow outside the hours; without one the next fitting route is taken."""


class Holiday(Base):
    """A day on which whatever has hours is closed."""

    id = peewee.AutoField()
    day = peewee.CharField(max_length=10, unique=True)
    """`2027-04-05`, or `12-25` for every year."""
    name = peewee.CharField(max_length=100, default="")
