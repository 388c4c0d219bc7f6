"""Calls whose callers hung up before the callbox had heard of them: entries all the same."""

from esl.event import Event
from esl.unmet import unmet
from ivr_flows.trace import RunEnd
from store.jobs import CallAbandoned, CallEnded, CallStarted

REASON = "hung up before the call was taken"


def abandoned(event: Event) -> CallAbandoned | None:
    """What is to be kept of a call that is over; none for one that has come further."""
    call = unmet(event)
    if call is None:
        return None
    started = CallStarted(
        uuid=call.call,
        started_at=call.began,
        dialled=call.dialled,
        caller_number=call.caller.number,
        caller_name=call.caller.name,
        withheld=call.caller.withheld,
        sip_call_id=call.sip_call_id,
    )
    return CallAbandoned(
        CallEnded(started, call.ended, RunEnd.HUNG_UP, reason=REASON, hangup_cause=call.cause)
    )
