"""Who calls whom, as a channel's events tell it."""

from dataclasses import dataclass, field

from softswitch.events import microseconds


@dataclass(slots=True)
class Times:
    """Moments of a call in microseconds since 1970; 0 for never."""

    profile: int = field(default_factory=microseconds)
    created: int = 0
    answered: int = 0
    progress: int = 0
    progress_media: int = 0
    hangup: int = 0
    transfer: int = 0
    bridged: int = 0
    held: int = 0
    hold_accum: int = 0

    def __post_init__(self) -> None:
        self.created = self.created or self.profile

    def headers(self, prefix: str) -> dict[str, str]:
        return {
            f"{prefix}-Profile-Created-Time": str(self.profile),
            f"{prefix}-Channel-Created-Time": str(self.created),
            f"{prefix}-Channel-Answered-Time": str(self.answered),
            f"{prefix}-Channel-Progress-Time": str(self.progress),
            f"{prefix}-Channel-Progress-Media-Time": str(self.progress_media),
            f"{prefix}-Channel-Hangup-Time": str(self.hangup),
            f"{prefix}-Channel-Transfer-Time": str(self.transfer),
            f"{prefix}-Channel-Resurrect-Time": "0",
            f"{prefix}-Channel-Bridged-Time": str(self.bridged),
            f"{prefix}-Channel-Last-Hold": str(self.held),
            f"{prefix}-Channel-Hold-Accum": str(self.hold_accum),
        }


@dataclass(slots=True)
class Profile:
    """A caller profile. Every text in it comes from outside."""

    unique_id: str
    channel_name: str
    direction: str
    """`inbound` or `outbound`, seen from the switch."""
    destination_number: str
    logical_direction: str = ""
    username: str = ""
    dialplan: str = ""
    caller_name: str = ""
    caller_number: str = ""
    original_name: str = ""
    original_number: str = ""
    callee_name: str = ""
    callee_number: str = ""
    network_addr: str = ""
    ani: str = ""
    rdnis: str = ""
    source: str = "mod_sofia"
    transfer_source: str = ""
    context: str = "public"
    index: int = 1
    withheld: bool = False
    """The caller wants neither name nor number shown; both are told all the same."""
    times: Times = field(default_factory=Times)

    def fields(self) -> dict[str, str]:
        """As variables of the channel (switch_caller.c, switch_caller_get_field_by_name)."""
        return {
            "uuid": self.unique_id,
            "caller_id_number": self.caller_number,
            "caller_id_name": self.caller_name,
            "destination_number": self.destination_number,
            "network_addr": self.network_addr,
        }

    def headers(self, prefix: str) -> dict[str, str]:
        """All that is known under `prefix`; empty texts are left out, as FreeSWITCH does."""
        known = {name: value for name, value in self._texts(prefix).items() if value}
        if prefix != "Other-Leg":
            known[f"{prefix}-Profile-Index"] = str(self.index)
        return known | self.times.headers(prefix) | self._privacy(prefix)

    def _texts(self, prefix: str) -> dict[str, str]:
        return {
            f"{prefix}-Direction": self.direction,
            f"{prefix}-Logical-Direction": self.logical_direction or self.direction,
            f"{prefix}-Username": self.username,
            f"{prefix}-Dialplan": self.dialplan,
            f"{prefix}-Caller-ID-Name": self.caller_name,
            f"{prefix}-Caller-ID-Number": self.caller_number,
            f"{prefix}-Orig-Caller-ID-Name": self.original_name,
            f"{prefix}-Orig-Caller-ID-Number": self.original_number,
            f"{prefix}-Callee-ID-Name": self.callee_name,
            f"{prefix}-Callee-ID-Number": self.callee_number,
            f"{prefix}-Network-Addr": self.network_addr,
            f"{prefix}-ANI": self.ani,
            f"{prefix}-RDNIS": self.rdnis,
            f"{prefix}-Destination-Number": self.destination_number,
            f"{prefix}-Unique-ID": self.unique_id,
            f"{prefix}-Source": self.source,
            f"{prefix}-Transfer-Source": self.transfer_source,
            f"{prefix}-Context": self.context,
            f"{prefix}-Channel-Name": self.channel_name,
        }

    def _privacy(self, prefix: str) -> dict[str, str]:
        hidden = str(self.withheld).lower()
        return {
            f"{prefix}-Screen-Bit": "true",
            f"{prefix}-Privacy-Hide-Name": hidden,
            f"{prefix}-Privacy-Hide-Number": hidden,
        }
