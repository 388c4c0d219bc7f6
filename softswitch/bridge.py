"""Two sessions talking to each other."""

import asyncio
from dataclasses import replace

from softswitch.channel import State
from softswitch.events import microseconds
from softswitch.holding import HoldMusic
from softswitch.media.loop import Loop
from softswitch.media.rtp_port import Playing
from softswitch.session import Session, Wake


class Bridge:
    """Joins on creation; `part` must be called. The first session's task does the work."""

    def __init__(self, one: Session, other: Session) -> None:
        self.one, self.other = one, other
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the other has hung up or gone elsewhere."""
        self._crossings: list[tuple[Session, Loop, Session, Playing]] = []
        self._cross(one, other)
        self._cross(other, one)
        self._music = HoldMusic(one, other)
        one.peer, other.peer = other, one
        other.on_leave = self.let_go
        other.on_end.append(self.let_go)
        now = microseconds()
        for session in (one, other):
            session.channel.profile.times.bridged = now
        _name_each_other(one, other)

    def _cross(self, speaker: Session, listener: Session) -> None:
        loop = Loop()
        speaker.port.add_sink(loop)
        self._crossings.append((speaker, loop, listener, listener.port.play(loop)))

    def let_go(self) -> None:
        if not self.over.done():
            self.over.set_result(None)

    async def talk(self) -> None:
        """Until one of them goes. Raises `Interrupted` when the first one does."""
        while not self.over.done():
            wake = await self.one.wait(done=self.over, keys=True)
            if wake is Wake.KEY:
                self.other.send_key(self.one.keypad.take())

    def part(self) -> None:
        for speaker, loop, _, playing in self._crossings:
            speaker.port.remove_sink(loop)
            playing.stop()
        self._music.stop()
        self.one.peer = self.other.peer = None
        self.other.on_leave = lambda: None

    def tell(self, name: str) -> None:
        """CHANNEL_BRIDGE or CHANNEL_UNBRIDGE, on the first session."""
        ids = {"Bridge-A-Unique-ID": self.one.uuid, "Bridge-B-Unique-ID": self.other.uuid}
        self.one.channel.fire(name, first=ids)


def _name_each_other(one: Session, other: Session) -> None:
    """Each channel's events tell of the other from now on, and still after the bridge."""
    for session, peer, kind in ((one, other, "originatee"), (other, one, "originator")):
        profile = peer.channel.profile
        session.channel.other = replace(profile, times=replace(profile.times, bridged=0))
        session.channel.other_type = kind
        session.variables.set("bridge_channel", profile.channel_name)
        session.variables.set("bridge_uuid", peer.uuid)
        session.variables.set("signal_bond", peer.uuid)
        session.variables.set("last_bridge_to", peer.uuid)
    callee = other.channel.profile
    if other.channel.profile.direction == "outbound":
        one.channel.profile.callee_name = callee.callee_name
        one.channel.profile.callee_number = callee.callee_number


def note_end(one: Session, other: Session) -> None:
    """What the first session's variables say of the bridge that is over."""
    known = {
        "last_sent_callee_id_name": one.channel.profile.callee_name,
        "last_sent_callee_id_number": one.channel.profile.callee_number,
        "bridge_hangup_cause": other.channel.cause or one.channel.cause,
    }
    if other.channel.hung_up:
        known |= last_leg(other)
    one.variables.set_all({name: value for name, value in known.items() if value})


def last_leg(leg: Session) -> dict[str, str]:
    """What stays known of a leg that has ended, in its caller's variables."""
    known = {"last_bridge_hangup_cause": leg.channel.cause}
    told = leg.variables.get("proto_specific_hangup_cause")
    if told:
        known["last_bridge_proto_specific_hangup_cause"] = told
    if phrase := leg.variables.get("sip_hangup_phrase"):
        known["sip_hangup_phrase"] = phrase
    return known


def release(other: Session, cause: str) -> None:
    """What becomes of the other leg when the bridge is over."""
    if other.channel.hung_up or other.channel.state is not State.EXCHANGE_MEDIA:
        return
    if other.variables.is_true("park_after_bridge"):
        other.move(State.PARK)
    else:
        other.hang_up(cause or "NORMAL_CLEARING", aside=True)
