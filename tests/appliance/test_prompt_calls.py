"""Somebody is called to record by phone, and the panel is told how it goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
import pytest
from gevent.event import Event as Flag

from appliance.own_flows import load_own
from appliance.switchboard.prompt_calls import FLOW, KEPT, PromptCalls
from ivr_flows.ports import Recording
from ivr_flows.trace import Run
from lines.errors import DialRefused
from lines.outgoing import Outcome, OutgoingCall, Placed
from lines.simulated_outgoing import SimulatedOutgoing

LIMIT = 30.0


def how(desk: PromptCalls, call: str, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    with gevent.Timeout(LIMIT):
        while not is_so(found := desk.how(call, "ann")):
            gevent.sleep(0.001)
    return found


def is_over(told: dict[str, Any]) -> bool:
    return bool(told["over"])


def spoken(call: OutgoingCall) -> Run:
    take = Recording(Path("x.wav"), 2.0, "key")
    return Run(call.flow, "en", recordings=[take])


def test_a_take_is_told_with_its_call() -> None:
    outgoing = SimulatedOutgoing(run=spoken)
    desk = PromptCalls(outgoing)
    told = how(desk, desk.call("anna", "ann")["call"], is_over)
    assert (told["state"], told["call_id"]) == ("recorded", "call-1")
    assert (outgoing.placed[0].flow, outgoing.placed[0].to) == (FLOW, "anna")


def test_a_call_without_a_take_has_failed() -> None:
    desk = PromptCalls(SimulatedOutgoing())
    assert how(desk, desk.call("anna", "ann")["call"], is_over)["state"] == "failed"


@pytest.mark.parametrize("outcome", [Outcome.BUSY, Outcome.NO_ANSWER, Outcome.FORBIDDEN])
def test_a_call_that_nobody_took_says_so(outcome: Outcome) -> None:
    desk = PromptCalls(SimulatedOutgoing({"anna": outcome}))
    told = how(desk, desk.call("anna", "ann")["call"], is_over)
    assert (told["state"], told["call_id"]) == (str(outcome), "")


class Ringing(SimulatedOutgoing):
    """Rings until it is let go."""

    def place(self, call: OutgoingCall) -> Placed:
        GO.wait(LIMIT)
        return super().place(call)


GO = Flag()


def test_one_user_has_one_call_at_a_time() -> None:
    GO.clear()
    desk = PromptCalls(Ringing())
    first = desk.call("anna", "ann")["call"]
    with pytest.raises(DialRefused, match="still going on"):
        desk.call("anna", "ann")
    desk.call("bert", "bob")
    GO.set()
    how(desk, first, is_over)
    desk.call("anna", "ann")


def test_nobody_learns_of_anothers_call() -> None:
    desk = PromptCalls(SimulatedOutgoing())
    call = desk.call("anna", "ann")["call"]
    for number, asker in ((call, "bob"), ("x", "ann")):
        with pytest.raises(DialRefused, match="not known"):
            desk.how(number, asker)


def test_old_calls_are_forgotten() -> None:
    desk = PromptCalls(SimulatedOutgoing())
    first = desk.call("anna", "ann")["call"]
    how(desk, first, is_over)
    for _ in range(KEPT):
        how(desk, desk.call("anna", "ann")["call"], is_over)
    with pytest.raises(DialRefused, match="not known"):
        desk.how(first, "ann")


def test_the_flow_of_such_a_call_is_there() -> None:
    assert FLOW in load_own().flows
