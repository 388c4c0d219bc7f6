"""Flows and their versions."""

from enum import StrEnum
from typing import Any

import peewee

from store.database import Base
from store.errors import VersionFixed
from store.fields import UtcField, now


class State(StrEnum):
    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"


class Flow(Base):
    """A flow by name; its texts are its versions."""

    id = peewee.AutoField()
    name = peewee.CharField(max_length=64, unique=True)
    created_at = UtcField(default=now)


class FlowVersion(Base):
    """One text of a flow, fixed once saved; only its state and stamps move on."""

    id = peewee.AutoField()
    flow = peewee.ForeignKeyField(Flow, backref="versions", on_delete="RESTRICT")
    number = peewee.IntegerField()
    state = peewee.CharField(max_length=16, default=State.DRAFT)
    text = peewee.TextField()
    author = peewee.CharField(max_length=100, default="")
    note = peewee.TextField(default="")
    created_at = UtcField(default=now)
    checked_at = UtcField(null=True)
    rendered_at = UtcField(null=True)
    published_at = UtcField(null=True)
    replaced = peewee.IntegerField(null=True)
    """Number of the version that was live before this one: where a roll-back goes."""

    class Meta:
        indexes = ((("flow", "number"), True),)

    def save(self, force_insert: bool = False, only: Any = None) -> int:
        if self.id and not force_insert and "text" in self.dirty_field_names:
            raise VersionFixed(self.flow.name, self.number)
        return super().save(force_insert=force_insert, only=only)


# The database itself keeps a flow from having two live versions.
FlowVersion.add_index(
    FlowVersion.index(
        FlowVersion.flow,
        unique=True,
        where=(FlowVersion.state == State.LIVE.value),
        name="flow_version_one_live",
    )
)
