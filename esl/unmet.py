"""Callers who hung up before the program that their call was sent to had heard of them.

Their connection ends without a description of the call (mod_event_socket.c, socket_function: the
channel is no longer ready). The last event of the channel is then all that tells of it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from esl.event import Event
from esl.parties import caller_of, dialled_in
from esl.quality import SUBSCRIPTION
from ivr_flows.ports import Party

SENT_ON = "socket"
"""The application that gives a call to its program; whoever is served, or falls to what stands
behind it, has run others since."""
DIGITS = 17
"""Of a moment that a datetime can hold."""


@dataclass(frozen=True, slots=True)
class Unmet:
    call: str
    """The channel's UUID."""
    caller: Party
    dialled: str
    sip_call_id: str
    began: datetime
    ended: datetime
    cause: str


def unmet(event: Event) -> Unmet | None:
    """Of a call that ended where it waited for its program, which may have been about to take it;
    none for any other."""
    if event.name != SUBSCRIPTION or event.get("Call-Direction") != "inbound":
        return None
    if event.get("variable_current_application") != SENT_ON:
        return None
    ended = _moment(event.get("Caller-Channel-Hangup-Time")) or datetime.now(UTC)
    return Unmet(
        call=event.get("Unique-ID"),
        caller=caller_of(event),
        dialled=dialled_in(event),
        sip_call_id=event.get("variable_sip_call_id"),
        began=_moment(event.get("Caller-Channel-Created-Time")) or ended,
        ended=ended,
        cause=event.get("Hangup-Cause"),
    )


def _moment(told: str) -> datetime | None:
    """Times of channels are in µs since 1970; 0 for what has not happened."""
    microseconds = int(told) if told.isdecimal() and len(told) <= DIGITS else 0
    return datetime.fromtimestamp(microseconds / 1e6, UTC) if microseconds else None
