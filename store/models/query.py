"""Data sources and named queries, as kept; `desk` gives them their meaning."""

import peewee

from store.database import Base
from store.fields import JsonField, SecretField


class DataSource(Base):
    """One of the paper's own databases."""

    name = peewee.CharField(max_length=64, unique=True)
    url = SecretField()
    """May hold a password: shown and exported only through `desk.sources.Source`."""
    password_env = peewee.CharField(max_length=100, default="")
    """Name of the environment's variable with the password."""

    def __repr__(self) -> str:
        return f"<DataSource {self.name}>"


class SavedQuery(Base):
    """A named read-only query."""

    name = peewee.CharField(max_length=64, unique=True)
    source = peewee.ForeignKeyField(DataSource, backref="queries", on_delete="RESTRICT")
    sql = peewee.TextField()
    parameters = JsonField(default=dict)
    row_limit = peewee.IntegerField(default=20)
    time_limit = peewee.FloatField(default=2.0)
    """In seconds."""
    fresh = JsonField(null=True)
    note = peewee.TextField(default="")
