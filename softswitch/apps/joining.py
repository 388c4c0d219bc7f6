"""Bridges that a program asks for: `uuid_bridge`."""

import time
import uuid

from softswitch.bridge import Bridge, note_end, release
from softswitch.channel import State
from softswitch.errors import Interrupted
from softswitch.session import Session


def join(one: Session, other: Session) -> None:
    """`uuid_bridge`: both leave what they do and talk to each other."""
    source = f"{int(time.time())}:{uuid.uuid4()}:uuid_br:{other.uuid}"
    one.channel.profile.transfer_source = source
    one.variables.set("transfer_source", source)
    other.move(State.EXCHANGE_MEDIA)
    one.bridge_to = other
    one.move(State.SOFT_EXECUTE)


async def uuid_bridge_loop(session: Session) -> None:
    """The first session's side of `uuid_bridge`."""
    other, session.bridge_to = session.bridge_to, None
    if other is None or other.channel.hung_up:
        session.hang_up("NORMAL_CLEARING")
        session.check()
        return
    while other.is_moving and not other.channel.hung_up:
        await session.wait(seconds=0.001)
    pair = Bridge(session, other)
    _tell_execute(session, other)
    _tell_execute(other, session)
    pair.tell("CHANNEL_BRIDGE")
    try:
        await pair.talk()
    except Interrupted:
        pair.part()
        release(other, "NORMAL_CLEARING")
        raise
    pair.part()
    note_end(session, other)
    pair.tell("CHANNEL_UNBRIDGE")
    _after_uuid_bridge(session)


def _tell_execute(session: Session, other: Session) -> None:
    session.variables.set("current_application", "uuid_bridge")
    session.variables.set("current_application_data", other.uuid)
    facts = {"Application": "uuid_bridge", "Application-Data": other.uuid}
    session.channel.fire("CHANNEL_EXECUTE", facts)


def _after_uuid_bridge(session: Session) -> None:
    if session.variables.is_true("park_after_bridge"):
        session.channel.state = State.PARK
        return
    session.channel.state = State.EXECUTE
