"""Calls to whoever wants to record something by phone: asked for in the panel."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

import gevent

from ivr_flows.sentences import Words
from lines.errors import DialRefused
from lines.outgoing import Outgoing, OutgoingCall
from store.models.line import Door

from ..asking import Asked

FLOW = "pressline-record-prompt"
KEPT = 100
"""Calls of which it is known how they went; older ones are forgotten."""
YOU_ASKED: Final[Words] = {
    "en": "This is the call for your recording.",
    "zh": "这是为您录音的来电。",
    "yue": "呢個係為你錄音嘅電話。",
}


@dataclass(slots=True)
class Taking:
    """One call, and how far it has come."""

    asked_by: str
    state: str = "ringing"
    """`ringing`, `speaking`, `recorded`, or how it failed: an outcome of the call."""
    reason: str = ""
    call_id: str = ""
    """On the switch, and in the store: the takes are recordings of this call."""
    over: bool = False


class PromptCalls:
    """What the panel may ask: `recordings.call` and `recordings.how`."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing
        self._calls: OrderedDict[str, Taking] = OrderedDict()

    def register(self, asked: Asked) -> None:
        asked.register("recordings.call", self.call)
        asked.register("recordings.how", self.how)

    def call(self, to: str, asked_by: str) -> dict[str, str]:
        """Ring a person or a desk phone; `asked_by` is a user of the panel. The call's number, to
        ask `how` it goes. Raises `DialRefused` while the one before goes on."""
        if any(one.asked_by == asked_by and not one.over for one in self._calls.values()):
            raise DialRefused("your call from before is still going on")
        call = OutgoingCall(
            to=str(to)[:64],
            door=Door.DIAL,
            flow=FLOW,
            asked_by=f"panel {asked_by}"[:64],
            purpose=f"a recording by {asked_by}"[:100],
            about=YOU_ASKED,
        )
        taking = self._calls[call.id] = Taking(asked_by)
        while len(self._calls) > KEPT:
            self._calls.popitem(last=False)
        gevent.spawn(self._run, call, taking)
        return {"call": call.id}

    def how(self, call: str, asked_by: str) -> dict[str, Any]:
        """How a call of this asker goes. Raises `DialRefused` for one that is not known."""
        found = self._calls.get(call)
        if found is None or found.asked_by != asked_by:
            raise DialRefused("this call is not known any more: the box was started anew")
        told = {"state": found.state, "reason": found.reason, "over": found.over}
        return told | {"call_id": found.call_id}

    def _run(self, call: OutgoingCall, taking: Taking) -> None:
        try:
            placed = self._outgoing.place(call)
            taking.state, taking.reason = str(placed.outcome), placed.reason
            if placed.answered:
                taking.state, taking.call_id = "speaking", placed.call_id
                run = placed.over(None)
                taking.state = "recorded" if run and run.recordings else "failed"
        finally:
            taking.over = True
