"""The life of a session, state by state (switch_core_state_machine.c)."""

import asyncio
import logging

from softswitch.apps.joining import uuid_bridge_loop
from softswitch.call_record import record_variables
from softswitch.channel import CallState, State
from softswitch.errors import Ended, Moved
from softswitch.session import Session

log = logging.getLogger(__name__)


async def run(session: Session) -> None:
    """From its first state to its last event; never raises."""
    try:
        await _live(session)
    except Ended:
        pass
    except Exception:
        log.exception("call %s failed", session.uuid)
        session.hang_up("NORMAL_TEMPORARY_FAILURE")
    finally:
        report(session)


async def _live(session: Session) -> None:
    while True:
        session.settle()
        session.check()
        try:
            await _STATES[session.channel.state](session)
        except Moved:
            continue


async def _route(session: Session) -> None:
    channel = session.channel
    if channel.hit_dialplan or channel.profile.direction == "outbound":
        # A channel that is routed again rings in the eyes of its watchers.
        channel.set_call_state(CallState.RINGING)
    elif channel.call_state == CallState.DOWN:
        channel.set_call_state(CallState.RINGING)
    channel.hit_dialplan = True
    channel.enter(State.ROUTING)
    actions = session.switch.dialplan.actions(channel)
    if actions is None:
        session.hang_up("NO_ROUTE_DESTINATION")
        session.check()
    session.actions.clear()
    session.actions.extend(actions or ())
    channel.state = State.EXECUTE
    if channel.answered:
        channel.set_call_state(CallState.ACTIVE)
    channel.enter(State.EXECUTE)


async def _execute(session: Session) -> None:
    """Run the actions; a dialplan that ends hangs up."""
    session.channel.hit_dialplan = True
    while session.actions:
        action = session.actions.popleft()
        await session.execute(action.application, action.argument)
        session.check()
    session.hang_up("NORMAL_CLEARING")
    session.check()


async def park(session: Session) -> None:
    """Wait for orders until the call ends or moves on. Keys pressed meanwhile are lost."""
    session.channel.fire("CHANNEL_PARK")
    try:
        while True:
            await session.wait(keys=True)
            while session.keypad.waits:
                session.keypad.take()
    finally:
        session.channel.fire("CHANNEL_UNPARK")


async def _park(session: Session) -> None:
    session.channel.enter(State.PARK)
    await park(session)


async def consume(session: Session) -> None:
    """A leg that waits to be bridged, or is bridged by its peer, which does the work."""
    while True:
        await session.wait(keys=True)
        while session.keypad.waits:
            digit = session.keypad.take()
            if session.peer is not None:
                session.peer.send_key(digit)


_STATES = {
    State.ROUTING: _route,
    State.EXECUTE: _execute,
    State.PARK: _park,
    State.SOFT_EXECUTE: uuid_bridge_loop,
    State.CONSUME_MEDIA: consume,
    State.EXCHANGE_MEDIA: consume,
}


def report(session: Session) -> None:
    """The last events, in FreeSWITCH's order, and the end of everything that it held."""
    channel = session.channel
    if not channel.hung_up:
        session.hang_up("NORMAL_CLEARING")
    channel.enter(State.HANGUP)
    channel.set_call_state(CallState.HANGUP)
    channel.enter(State.REPORTING)
    session.variables.set_all(record_variables(session))
    channel.fire("CHANNEL_HANGUP_COMPLETE")
    session.finish()
    channel.fire("CHANNEL_DESTROY")
    channel.enter(State.DESTROY)
    session.port.close()
    session.switch.forget(session)


def begin(session: Session, state: State) -> None:
    """Start the session's task in `state`."""
    session.channel.state = state
    session.task = asyncio.get_running_loop().create_task(run(session))
    session.task.add_done_callback(lambda task: task.cancelled() or task.exception())
