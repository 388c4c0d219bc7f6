"""Calls whose callers hung up before the callbox had heard of them: entries all the same."""

from esl.event import Event
from esl.unmet import unmet
from ivr_flows.ports import Clock
from ivr_flows.trace import RunEnd
from store.jobs import CallAbandoned, CallEnded, CallStarted

from .book import Book

REASON = "hung up before the call was taken"


def abandoned(event: Event, book: Book, clock: Clock) -> CallAbandoned | None:
    """What is to be kept of a call that is over, with the flow that it would have had; none for
    one that has come further."""
    call = unmet(event)
    if call is None:
        return None
    flow = book.routes.route_for(call.dialled, clock.now()) or ""
    started = CallStarted(
        uuid=call.call,
        started_at=call.began,
        dialled=call.dialled,
        caller_number=call.caller.number,
        caller_name=call.caller.name,
        withheld=call.caller.withheld,
        sip_call_id=call.sip_call_id,
        flow=flow,
        version=book.versions.get(flow, 0),
    )
    return CallAbandoned(
        CallEnded(started, call.ended, RunEnd.HUNG_UP, reason=REASON, hangup_cause=call.cause)
    )
