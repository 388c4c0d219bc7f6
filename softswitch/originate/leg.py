"""One leg of ours, from INVITE to answer or failure."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from softswitch.channel import Channel, State
from softswitch.line_out import OutgoingLine
from softswitch.orders import Order
from softswitch.originate.destinations import Destination
from softswitch.profile import Profile
from softswitch.running import begin
from softswitch.session import Session
from softswitch.sip.offer import AudioSession
from softswitch.sip.outgoing import OutgoingCall
from softswitch.sip.udp import own_host_towards
from softswitch.sip_variables import PROFILE, bare, profile_url
from softswitch.variables import is_true

if TYPE_CHECKING:
    from softswitch.media.rtp_port import RtpPort
    from softswitch.switch import Switch

ANONYMOUS = "0000000000"
"""switch_ivr_originate.c: the number of a caller who has none."""


@dataclass(frozen=True, slots=True)
class CallerId:
    name: str
    number: str


class Leg:
    """A session of ours that rings; `settled` is done when it answers, has audio or ends."""

    def __init__(self, session: Session, line: OutgoingLine, *, early_counts: bool) -> None:
        self.session = session
        self.line = line
        self.settled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.on_progress: Callable[[Leg], None] = lambda leg: None
        self.has_progressed = False
        """Whether something has been heard of the other end."""
        self.on_change: Callable[[], None] = lambda: None
        """It answers, has taken the call, or ends."""
        self.asks = ""
        """An application that is run when it answers: the call is taken by who stays to its end
        (switch_ivr_originate.c, collect_thread_run)."""
        self._asked = self._stayed = False
        self._early_counts = early_counts
        line.on_progress = self._on_progress
        line.on_answered = self._settle
        session.on_end.append(self._settle)

    @property
    def is_up(self) -> bool:
        channel = self.session.channel
        early = self._early_counts and channel.answer_state == "early"
        return not channel.hung_up and (channel.answered or early)

    def _on_progress(self) -> None:
        self.has_progressed = True
        self.on_progress(self)
        if self.is_up:
            self._settle()

    @property
    def has_taken(self) -> bool:
        """Whether the call is to be connected with it."""
        return self.is_up and (not self.asks or self._stayed)

    def _settle(self) -> None:
        if not self.settled.done():
            self.settled.set_result(None)
        if self.asks and self.is_up and not self._asked:
            self._asked = True
            application, _, argument = self.asks.partition(" ")
            self.session.post(Order(application, argument, finished=self._on_asked))
        self.on_change()

    def _on_asked(self) -> None:
        self._stayed = True
        self.on_change()


def start_leg(
    switch: "Switch", destination: Destination, caller: Session | None, given: CallerId
) -> Leg:
    """Send the INVITE and tell of the new channel. Raises `NoFreePort`."""
    wanted = destination.variables
    caller_id = CallerId(
        wanted.get("origination_caller_id_name", given.name),
        wanted.get("origination_caller_id_number", given.number),
    )
    port = switch.new_port()
    audio = switch.audio_session(port, destination.reached_at)
    line = OutgoingLine(_invite(switch, destination, caller_id, audio), port, audio)
    session = _session(switch, destination, caller, caller_id, line, port)
    _set_variables(switch, session, destination, line.call.local_sdp)
    early = not is_true(wanted.get("ignore_early_media", ""))
    leg = Leg(session, line, early_counts=early)
    _tell(session)
    begin(session, State.CONSUME_MEDIA)
    return leg


def _invite(
    switch: "Switch", destination: Destination, caller_id: CallerId, audio: AudioSession
) -> OutgoingCall:
    host = own_host_towards(switch.agent.address[0], destination.reached_at)
    headers = {
        name.removeprefix("sip_h_"): value
        for name, value in destination.variables.items()
        if name.startswith("sip_h_X-") and "\n" not in value and "\r" not in value
    }
    return switch.agent.invite(
        destination.uri,
        offer=audio.offer(),
        from_uri=f"sip:{_user(caller_id.number)}@{host}",
        from_name=caller_id.name,
        headers=headers,
        destination=destination.network,
    )


def _user(number: str) -> str:
    """A number as it may stand in an address; nothing hostile gets through."""
    return "".join(c for c in number if c.isascii() and (c.isalnum() or c in "+-_.*#"))[:64]


def _session(
    switch: "Switch",
    destination: Destination,
    caller: Session | None,
    caller_id: CallerId,
    line: OutgoingLine,
    port: "RtpPort",
) -> Session:
    wanted = destination.variables.get("origination_uuid", "")
    identity = wanted if wanted and wanted not in switch.sessions else str(uuid.uuid4())
    profile = _profile(identity, destination, caller, caller_id)
    channel = Channel(profile, switch.mint, switch.bus)
    session = Session(switch, channel, line, port)
    line.attach(session)
    if caller is not None:
        channel.call_uuid = caller.channel.call_uuid
        channel.other, channel.other_type = caller.channel.profile, "originator"
    switch.remember(session)
    return session


def _profile(
    identity: str, destination: Destination, caller: Session | None, caller_id: CallerId
) -> Profile:
    profile = Profile(
        unique_id=identity,
        channel_name=destination.name,
        direction="outbound",
        destination_number=destination.number,
        caller_name=caller_id.name,
        caller_number=caller_id.number,
        original_name=caller_id.name,
        original_number=caller_id.number,
        callee_name="Outbound Call",
        callee_number=destination.number,
        ani=caller_id.number,
        source="src/switch_ivr_originate.c",
        context="default",
    )
    if caller is not None:
        origin = caller.channel.profile
        profile.logical_direction = "inbound"
        profile.username, profile.dialplan = origin.username, origin.dialplan
        profile.original_name, profile.original_number = origin.caller_name, origin.caller_number
        profile.network_addr, profile.ani = origin.network_addr, origin.ani
        profile.source, profile.context = "mod_sofia", origin.context
    return profile


def _set_variables(
    switch: "Switch", session: Session, destination: Destination, offer: bytes
) -> None:
    own = switch.agent.address
    session.variables.set_all(
        {
            "direction": "outbound",
            "is_outbound": "true",
            "call_uuid": session.channel.call_uuid,
            "sip_local_network_addr": own[0],
            "sip_profile_name": PROFILE,
            "video_media_flow": "disabled",
            "text_media_flow": "disabled",
            "channel_name": destination.name,
            "sip_destination_url": destination.uri,
        }
        | dict(destination.variables)
        | {
            "originate_early_media": "true",
            "originate_endpoint": "sofia",
            "rtp_use_codec_string": "PCMU,PCMA",
            "local_media_ip": session.port.address[0],
            "local_media_port": str(session.port.address[1]),
            "advertised_media_ip": session.port.address[0],
            "audio_media_flow": "sendrecv",
            "rtp_local_sdp_str": offer.decode(),
            "sip_outgoing_contact_uri": f"<{profile_url(own)}>",
            "sip_req_uri": bare(destination.uri),
            "sip_to_host": destination.uri.rpartition("@")[2],
            "sip_from_host": own[0],
            "sofia_profile_name": PROFILE,
            "recovery_profile_name": PROFILE,
            "sofia_profile_url": profile_url(own),
        }
    )


def _tell(session: Session) -> None:
    channel = session.channel
    channel.state = State.NONE
    channel.fire("CHANNEL_OUTGOING")
    channel.enter(State.INIT)
    channel.fire("CHANNEL_CREATE")
    channel.fire("CHANNEL_ORIGINATE")
