"""A call comes in from a phone or a provider: a channel of its own, or a refusal."""

import logging
import uuid
from typing import TYPE_CHECKING

from softswitch.channel import CallState, Channel, State
from softswitch.errors import NoFreePort
from softswitch.line_in import IncomingLine
from softswitch.media.rtp_port import RtpPort
from softswitch.profile import Profile
from softswitch.running import begin
from softswitch.session import Session
from softswitch.sip.errors import NotAcceptable
from softswitch.sip.incoming import IncomingCall
from softswitch.sip_variables import (
    bare,
    caller_variables,
    channel_name,
    display_name,
    name_addr,
    sip_uri,
)

if TYPE_CHECKING:
    from softswitch.switch import Switch

log = logging.getLogger(__name__)


def arrive(switch: "Switch", call: IncomingCall) -> None:
    """Begin a session for `call`, unless there is no room for it, or no sound that both know."""
    if switch.is_full:
        log.warning("a call is refused: %d calls are all we take", len(switch.sessions))
        call.refuse(503)
        return
    try:
        port = switch.new_port()
    except NoFreePort as error:
        log.error("a call is refused: %s", error)
        call.refuse(503)
        return
    try:
        line = IncomingLine(call, port, switch.audio_session(port, call.source))
    except NotAcceptable as error:
        log.info("call %s is refused: %s", call.call_id[:80], error)
        port.close()
        call.refuse(488)
        return
    _take(switch, call, line, port)


def _take(switch: "Switch", call: IncomingCall, line: IncomingLine, port: RtpPort) -> None:
    channel = Channel(_caller(call), switch.mint, switch.bus)
    session = Session(switch, channel, line, port)
    line.attach(session)
    session.variables.set("direction", "inbound")
    switch.remember(session)
    session.variables.set_all(caller_variables(call, switch.agent.address))
    channel.fire("CHANNEL_STATE")
    if line.offered is not None:
        line.agree(line.offered)
    session.variables.set("endpoint_disposition", "RECEIVED")
    session.variables.set("call_uuid", session.uuid)
    channel.enter(State.INIT)
    channel.fire("CHANNEL_CREATE")
    channel.call_state = CallState.DOWN
    begin(session, State.ROUTING)


def _caller(call: IncomingCall) -> Profile:
    sender = name_addr(call.invite.header("From"))
    number = sip_uri(sender.uri).user
    target = sip_uri(call.request_uri).user
    name = display_name(sender.name) or number
    return Profile(
        unique_id=str(uuid.uuid4()),
        channel_name=channel_name(call),
        direction="inbound",
        destination_number=target or bare(call.request_uri),
        username=number,
        dialplan="XML",
        caller_name=name,
        caller_number=number,
        original_name=name,
        original_number=number,
        network_addr=call.source[0],
        ani=number,
        withheld=_is_withheld(call.invite.header("Privacy")),
    )


def _is_withheld(privacy: str) -> bool:
    """Whether a Privacy header (RFC 3323) has the value `id` (RFC 3325, 9.3)."""
    return "id" in (value.strip().lower() for value in privacy.split(";"))
