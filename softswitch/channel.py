"""A channel: the state of one leg of a call, and the events that tell of it."""

from collections.abc import Mapping
from enum import Enum, StrEnum

from softswitch.bus import EventBus
from softswitch.causes import NORMAL
from softswitch.events import Event, EventMint, microseconds
from softswitch.profile import Profile
from softswitch.variables import Variables


class State(Enum):
    """switch_types.h, switch_channel_state_t; NONE is shown with INIT's number."""

    NEW = ("CS_NEW", "0")
    NONE = ("CS_NONE", "1")
    INIT = ("CS_INIT", "2")
    ROUTING = ("CS_ROUTING", "2")
    SOFT_EXECUTE = ("CS_SOFT_EXECUTE", "3")
    EXECUTE = ("CS_EXECUTE", "4")
    EXCHANGE_MEDIA = ("CS_EXCHANGE_MEDIA", "5")
    PARK = ("CS_PARK", "6")
    CONSUME_MEDIA = ("CS_CONSUME_MEDIA", "7")
    HANGUP = ("CS_HANGUP", "10")
    REPORTING = ("CS_REPORTING", "11")
    DESTROY = ("CS_DESTROY", "12")


class CallState(StrEnum):
    DOWN = "DOWN"
    RINGING = "RINGING"
    EARLY = "EARLY"
    ACTIVE = "ACTIVE"
    HELD = "HELD"
    RING_WAIT = "RING_WAIT"
    HANGUP = "HANGUP"
    UNHELD = "UNHELD"


# switch_channel.c, CALLSTATE_CHART.
_CALL_STATE_NUMBERS = {
    CallState.DOWN: "0",
    CallState.RINGING: "2",
    CallState.EARLY: "3",
    CallState.ACTIVE: "4",
    CallState.HELD: "5",
    CallState.RING_WAIT: "6",
    CallState.HANGUP: "7",
    CallState.UNHELD: "8",
}
_BARE = frozenset({"CHANNEL_STATE", "CHANNEL_CALLSTATE", "CHANNEL_OUTGOING", "DTMF"})
"""Events that carry no variables."""


class Channel:
    def __init__(self, profile: Profile, mint: EventMint, bus: EventBus) -> None:
        self.uuid = profile.unique_id
        self.profile = profile
        self.variables = Variables()
        self.state = State.NEW
        self.call_state = CallState.DOWN
        self.answer_state = "ringing"
        self.cause = ""
        """Why it has hung up; empty while it lives."""
        self.hit_dialplan = False
        self.codec = ""
        self.call_uuid = self.uuid
        self.other: Profile | None = None
        """The profile of the leg it is, or was last, bridged to."""
        self.other_type = ""
        self._mint = mint
        self._bus = bus

    @property
    def values(self) -> Mapping[str, str]:
        """What `${name}` finds: variables first, then facts of the profile."""
        return self.profile.fields() | dict(self.variables)

    @property
    def hung_up(self) -> bool:
        return bool(self.cause)

    @property
    def answered(self) -> bool:
        return self.answer_state == "answered"

    def fire(
        self,
        name: str,
        extra: Mapping[str, str] | None = None,
        *,
        first: Mapping[str, str] | None = None,
        subclass: str = "",
        variables: bool | None = None,
    ) -> None:
        """Tell listeners, if there are any. `first` goes before the channel's own headers."""
        if not self._bus.wanted(name):
            return
        with_variables = name not in _BARE if variables is None else variables
        headers = dict(first or {}) | self.headers(with_variables) | dict(extra or {})
        self._bus.fire(self._mint.make(name, headers, subclass=subclass))

    def data(self, name: str = "CHANNEL_DATA") -> Event:
        """Everything about the channel, for `connect` and `uuid_dump`."""
        return self._mint.make(name, self.headers(True))

    def headers(self, with_variables: bool) -> dict[str, str]:
        known = self.state_headers() | self.profile.headers("Caller")
        if self.other is not None:
            known |= {"Other-Type": self.other_type} | self.other.headers("Other-Leg")
        return known | self.variables.headers() if with_variables else known

    def state_headers(self) -> dict[str, str]:
        state, number = self.state.value
        known = {
            "Channel-State": state,
            "Channel-Call-State": self.call_state.value,
            "Channel-State-Number": number,
            "Channel-Name": self.profile.channel_name,
            "Unique-ID": self.uuid,
            "Call-Direction": self.profile.direction,
            "Presence-Call-Direction": self.profile.direction,
            "Channel-HIT-Dialplan": "true" if self.hit_dialplan else "false",
            "Channel-Call-UUID": self.call_uuid,
            "Answer-State": self.answer_state,
        }
        if self.cause:
            known["Hangup-Cause"] = self.cause
        return known | (_codec_headers(self.codec) if self.codec else {})

    def enter(self, state: State, *, told: bool = True) -> None:
        self.state = state
        if told:
            self.fire("CHANNEL_STATE")

    def set_call_state(self, call_state: CallState) -> None:
        if call_state == self.call_state:
            return
        first = {
            "Original-Channel-Call-State": self.call_state.value,
            "Channel-Call-State-Number": _CALL_STATE_NUMBERS[call_state],
        }
        self.call_state = call_state
        self.fire("CHANNEL_CALLSTATE", first=first)

    def mark_ringing(self) -> None:
        if self.profile.times.progress or self.answered:
            return
        self.profile.times.progress = microseconds()
        self.fire("CHANNEL_PROGRESS")
        if self.call_state == CallState.DOWN:
            self.set_call_state(CallState.RINGING)

    def mark_early(self) -> None:
        if self.answer_state != "ringing":
            return
        self.answer_state = "early"
        self.profile.times.progress_media = microseconds()
        self.variables.set("endpoint_disposition", "EARLY MEDIA")
        self.fire("CHANNEL_PROGRESS_MEDIA")
        self.set_call_state(CallState.EARLY)

    def mark_answered(self) -> None:
        if self.answered or self.hung_up:
            return
        self.answer_state = "answered"
        self.profile.times.answered = microseconds()
        self.fire("CHANNEL_ANSWER")
        self.variables.set("endpoint_disposition", "ANSWER")
        self.set_call_state(CallState.ACTIVE)

    def mark_hung_up(self, cause: str) -> None:
        self.cause = cause or NORMAL
        self.answer_state = "hangup"
        self.profile.times.hangup = microseconds()
        self.fire("CHANNEL_HANGUP")


def _codec_headers(name: str) -> dict[str, str]:
    return {
        f"Channel-{side}-Codec-{fact}": value
        for side in ("Read", "Write")
        for fact, value in (("Name", name), ("Rate", "8000"), ("Bit-Rate", "64000"))
    }
