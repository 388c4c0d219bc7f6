"""Calls and the steps that they went through."""

import peewee

from store.database import Base
from store.fields import JsonField, UtcField

OPEN = "open"
LOST = "lost"
IN, OUT = "in", "out"
"""Directions: calls that came, and calls that the box placed."""
LEFT = "hangup"
"""The event of the step in which the caller hung up, and of each step that had called its flow."""


class Call(Base):
    """One call; texts come from outside and are hostile."""

    uuid = peewee.CharField(max_length=64, primary_key=True)
    sip_call_id = peewee.CharField(max_length=255, default="")
    caller_number = peewee.CharField(max_length=64, default="", index=True)
    caller_tail = peewee.CharField(max_length=64, default="", index=True)
    """The caller's number backwards: found by how it ends."""
    caller_name = peewee.CharField(max_length=200, default="")
    withheld = peewee.BooleanField(default=False)
    dialled = peewee.CharField(max_length=64, default="")
    flow = peewee.CharField(max_length=64, default="")
    version = peewee.IntegerField(default=0)
    """Number of the flow's version; 0 when no flow answered."""
    direction = peewee.CharField(max_length=8, default=IN)
    """`in`, or `out` for a call that the box placed to `dialled`."""
    purpose = peewee.CharField(max_length=100, default="")
    """What it was placed for."""
    started_at = UtcField(index=True)
    answered_at = UtcField(null=True)
    ended_at = UtcField(null=True)
    state = peewee.CharField(max_length=16, default=OPEN, index=True)
    """`open`, or how the run ended: finished, hung_up, transferred, failed, lost."""
    reason = peewee.CharField(max_length=500, default="")
    hangup_cause = peewee.CharField(max_length=64, default="")
    language = peewee.CharField(max_length=16, default="")
    tags = JsonField(default=list)
    box = peewee.CharField(max_length=64, default="")
    """The name of the box that had it; empty before boxes had names."""
    packets = peewee.IntegerField(null=True)
    """Of sound, from the far end; none while the switch has not measured it (`store.quality`)."""
    loss = peewee.FloatField(null=True)
    """Share of its sound that was lost, 0 to 1."""
    jitter = peewee.FloatField(null=True)
    """How unevenly its sound came, in seconds."""
    is_bad = peewee.BooleanField(default=False)
    """Whether it was hard to understand."""

    class Meta:
        indexes = (
            (("flow", "started_at"), False),
            (("dialled", "started_at"), False),
            # With all that is counted, so that counting reads the index alone.
            (("direction", "started_at", "answered_at", "state"), False),
        )


# A few rows, whatever the number of calls.
Call.add_index(Call.index(Call.started_at, where=(Call.is_bad == True), name="call_bad"))  # noqa: E712


class CallTag(Base):
    """One of a call's tags again, to find calls by."""

    call = peewee.ForeignKeyField(Call, backref="+", on_delete="CASCADE")
    tag = peewee.CharField(max_length=100)
    started_at = UtcField()
    """The call's."""

    class Meta:
        primary_key = peewee.CompositeKey("call", "tag")
        indexes = ((("tag", "started_at"), False),)


class CallStep(Base):
    """One step of a call's trace."""

    call = peewee.ForeignKeyField(Call, backref="steps", on_delete="CASCADE")
    position = peewee.IntegerField()
    flow = peewee.CharField(max_length=64)
    step = peewee.CharField(max_length=64)
    verb = peewee.CharField(max_length=32)
    started_at = UtcField()
    seconds = peewee.FloatField()
    event = peewee.CharField(max_length=64, default="")
    detail = peewee.TextField(default="")
    error = peewee.TextField(default="")

    class Meta:
        indexes = ((("call", "position"), True),)


# For the steps at which callers leave a flow: a few rows of each call, whatever its length.
CallStep.add_index(
    CallStep.index(
        CallStep.flow,
        CallStep.started_at,
        CallStep.step,
        where=(CallStep.event == LEFT),
        name="call_step_left",
    )
)
