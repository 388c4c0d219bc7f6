"""Calls that somebody asks for with a click: their own phone rings first, then the other's."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

import gevent
import structlog

from ivr_flows.sentences import Words
from ivr_flows.trace import Run, RunEnd
from lines.errors import DialRefused
from lines.outgoing import Outcome, Outgoing, OutgoingCall, Placed
from store.models.line import Door

from ..asking import Asked
from ..dialling import Asking
from ..errors import SidecarError

log = structlog.get_logger()

FLOW = "pressline-click-to-call"
STEP = "call"
"""Its step that calls."""
LOOK_LIMIT = 5.0
"""Seconds for the dialling rules to say whether the number may be called."""
KEPT = 500
"""Calls of which it is known how they went; older ones are forgotten."""
MOST_EACH = 3
"""Calls of one asker that go on at once."""
HUNG_UP: Final = {RunEnd.HUNG_UP: "given_up", RunEnd.TRANSFERRED: "answered"}
"""The asker hung up: before somebody answered, or after they had spoken."""
YOU_ASKED: Final[Words] = {
    "en": "This is the call that you asked for in the panel.",
    "zh": "这是您在面板上要求拨打的电话。",
    "yue": "呢個係你喺面板要求打嘅電話。",
}


@dataclass(slots=True)
class Clicked:
    """One call, and how far it has come."""

    asked_by: str
    state: str = "ringing"
    """`ringing` (the asker's phone), `calling` (the other's), then what became of it: an outcome
    of the other's phone, or one of the asker's own behind `seat_`."""
    reason: str = ""
    over: bool = False


class ClickToCall:
    """What the panel may ask: `click_to_call.place` and `click_to_call.how`."""

    def __init__(self, sidecar: Asking, outgoing: Outgoing) -> None:
        self._sidecar = sidecar
        self._outgoing = outgoing
        self._calls: OrderedDict[str, Clicked] = OrderedDict()

    def register(self, asked: Asked) -> None:
        asked.register("click_to_call.place", self.place)
        asked.register("click_to_call.how", self.how)

    def place(self, seat: str, number: str, asked_by: str, for_call: str = "") -> dict[str, str]:
        """Ring a person's phone, then the number; `asked_by` is a user of the panel. The call's
        number, to ask `how` it goes. Raises `DialRefused`."""
        self._check(number, asked_by)
        call = OutgoingCall(
            to=str(seat)[:64],
            door=Door.DIAL,
            flow=FLOW,
            given={"number": number},
            asked_by=_name(asked_by),
            purpose=f"click to call by {asked_by}"[:100],
            about=YOU_ASKED,
            for_call=for_call,
        )
        clicked = self._calls[call.id] = Clicked(asked_by)
        while len(self._calls) > KEPT:
            self._calls.popitem(last=False)
        gevent.spawn(self._run, call, clicked)
        return {"call": call.id}

    def how(self, call: str, asked_by: str) -> dict[str, Any]:
        """How a call of this asker goes. Raises `DialRefused` for one that is not known."""
        found = self._calls.get(call)
        if found is None or found.asked_by != asked_by:
            raise DialRefused("this call is not known any more: the box was started anew")
        return {"state": found.state, "reason": found.reason, "over": found.over}

    def _check(self, number: str, asked_by: str) -> None:
        """Before anything rings. The number is asked for once more when it is called."""
        going_on = [one for one in self._calls.values() if one.asked_by == asked_by]
        if sum(not one.over for one in going_on) >= MOST_EACH:
            raise DialRefused("your calls from before are still going on")
        try:
            asked = (number, Door.DIAL, _name(asked_by))
            refusal = self._sidecar.run("refusal", *asked, limit=LOOK_LIMIT)
        except SidecarError as error:
            raise DialRefused(f"nobody says whether it may be called: {error}") from error
        if refusal:
            raise DialRefused(str(refusal))

    def _run(self, call: OutgoingCall, clicked: Clicked) -> None:
        try:
            placed = self._outgoing.place(call)
            if placed.answered:
                clicked.state = "calling"
                clicked.state, clicked.reason = _outcome(placed.over(None))
            else:
                clicked.state, clicked.reason = _of_seat(placed), placed.reason
        finally:
            clicked.over = True


def _name(asked_by: str) -> str:
    """For the limits: a user's calls are counted apart from a caller's or a person's."""
    return f"panel {asked_by}"[:64]


def _of_seat(placed: Placed) -> str:
    told = (Outcome.BUSY, Outcome.NO_ANSWER, Outcome.REFUSED, Outcome.UNREACHABLE)
    return f"seat_{placed.outcome}" if placed.outcome in told else str(placed.outcome)


def _outcome(run: Run | None) -> tuple[str, str]:
    """What the flow's step says, unless the asker hung up in it."""
    if run is None:
        return "failed", ""
    if run.end in HUNG_UP:
        return HUNG_UP[run.end], run.reason
    step = next((step for step in run.trace if step.step == STEP), None)
    if step is None or run.end is not RunEnd.FINISHED:
        return "failed", run.reason
    return step.event, str(step.detail.get("not dialled", ""))
