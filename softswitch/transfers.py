"""Sending a call to another extension."""

import dataclasses
import time
import uuid

from softswitch.channel import State
from softswitch.events import microseconds
from softswitch.profile import Times
from softswitch.session import Session

MAX_EXTENSION = 1024
"""Characters: an inline one holds a whole program."""


def transfer_to(session: Session, extension: str, dialplan: str = "XML") -> None:
    """The channel gets a new caller profile and is routed again."""
    old = session.channel.profile
    name = f"{int(time.time())}:{uuid.uuid4()}:bl_xfer:{extension}/{old.context}/{dialplan}"
    now = microseconds()
    times = Times(profile=now, created=old.times.created, answered=old.times.answered, transfer=now)
    session.channel.profile = dataclasses.replace(
        old,
        destination_number=extension[:MAX_EXTENSION],
        dialplan=dialplan,
        rdnis=old.destination_number,
        transfer_source=name,
        index=old.index + 1,
        times=times,
    )
    session.variables.set("transfer_source", name)
    session.move(State.ROUTING)


def route_to(session: Session, extension: str) -> None:
    """As `transfer_to`, but with the profile that it has: a call of ours begins its work."""
    session.channel.profile.destination_number = extension[:MAX_EXTENSION]
    session.channel.profile.dialplan = "XML"
    session.move(State.ROUTING)
