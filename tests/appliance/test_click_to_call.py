"""A click in the panel: the asker's phone rings, then the other's, and how it goes is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import gevent
import pytest
from gevent.event import Event as Flag

from appliance.errors import SidecarFailed
from appliance.flow_files import failing_tests
from appliance.own_flows import load_own
from appliance.switchboard.click_to_call import FLOW, KEPT, MOST_EACH, ClickToCall
from ivr_flows.trace import Run, RunEnd, StepRecord
from lines.errors import DialRefused
from lines.outgoing import Outcome, OutgoingCall, Placed

LIMIT = 30.0
NUMBER = "+4930123456"


@dataclass
class Rules:
    """A sidecar that refuses with these words, or does not answer."""

    refusal: str = ""
    away: bool = False

    def run(self, task: str, *arguments: Any, limit: float) -> Any:
        if self.away:
            raise SidecarFailed("the store is away")
        return self.refusal


@dataclass
class Line:
    """Places calls: the asker's phone ends so; the flow, when it is heard, in that step."""

    outcome: Outcome = Outcome.ANSWERED
    event: str = "answered"
    end: RunEnd = RunEnd.FINISHED
    reason: str = ""
    detail: dict[str, str] = field(default_factory=dict)
    picked_up: Flag = field(default_factory=Flag)
    spoken: Flag = field(default_factory=Flag)
    placed: list[OutgoingCall] = field(default_factory=list)

    def place(self, call: OutgoingCall) -> Placed:
        self.placed.append(call)
        self.picked_up.wait(LIMIT)
        return Placed(self.outcome, reason=self.reason, over=self._over)

    def withdraw(self, call_id: str) -> None: ...

    def _over(self, _: float | None) -> Run:
        self.spoken.wait(LIMIT)
        step = StepRecord(FLOW, "call", "dial", datetime.now(UTC), 1.0, self.event, self.detail)
        return Run(FLOW, "en", self.end, trace=[step], reason=self.reason)


def at_once(line: Line) -> Line:
    line.picked_up.set()
    line.spoken.set()
    return line


def how(desk: ClickToCall, call: str, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """How the call goes, once it goes so."""
    with gevent.Timeout(LIMIT):
        while not is_so(found := desk.how(call, "ann")):
            gevent.sleep(0.001)
    return found


def over(line: Line) -> tuple[str, str]:
    desk = ClickToCall(Rules(), at_once(line))
    call = desk.place("ann", NUMBER, "ann")["call"]
    found = how(desk, call, lambda told: bool(told["over"]))
    return found["state"], found["reason"]


def test_the_askers_phone_rings_first_and_then_the_number() -> None:
    line = Line()
    desk = ClickToCall(Rules(), line)
    call = desk.place("ann-berg", NUMBER, "ann", "call-1")["call"]
    assert how(desk, call, lambda told: bool(line.placed))["state"] == "ringing"
    line.picked_up.set()
    assert not how(desk, call, lambda told: told["state"] == "calling")["over"]
    line.spoken.set()
    assert how(desk, call, lambda told: bool(told["over"]))["state"] == "answered"
    [placed] = line.placed
    assert (placed.to, placed.flow, placed.given) == ("ann-berg", FLOW, {"number": NUMBER})
    assert (placed.asked_by, placed.for_call) == ("panel ann", "call-1")


@pytest.mark.parametrize("event", ["busy", "no_answer", "refused", "unreachable", "forbidden"])
def test_what_became_of_the_number_is_told(event: str) -> None:
    line = Line(event=event, detail={"not dialled": "outside of the hours"})
    assert over(line) == (event, "outside of the hours")


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Outcome.BUSY, "seat_busy"),
        (Outcome.NO_ANSWER, "seat_no_answer"),
        (Outcome.UNREACHABLE, "seat_unreachable"),
        (Outcome.REFUSED, "seat_refused"),
        (Outcome.FORBIDDEN, "forbidden"),
        (Outcome.FAILED, "failed"),
    ],
)
def test_what_became_of_the_askers_own_phone_is_told(outcome: Outcome, told: str) -> None:
    assert over(Line(outcome, reason="why")) == (told, "why")


def test_who_hangs_up_before_somebody_answers_has_given_up() -> None:
    assert over(Line(event="", end=RunEnd.HUNG_UP))[0] == "given_up"


def test_who_hangs_up_after_they_spoke_has_spoken() -> None:
    assert over(Line(event="", end=RunEnd.TRANSFERRED))[0] == "answered"


def test_a_call_that_breaks_says_why() -> None:
    assert over(Line(event="", end=RunEnd.FAILED, reason="no trunk")) == ("failed", "no trunk")


def test_a_number_that_may_not_be_called_rings_nobody() -> None:
    line = Line()
    with pytest.raises(DialRefused, match="no rule allows it"):
        ClickToCall(Rules("no rule allows it"), line).place("ann", NUMBER, "ann")
    assert line.placed == []


def test_while_nobody_knows_the_rules_nothing_rings() -> None:
    line = Line()
    with pytest.raises(DialRefused, match="the store is away"):
        ClickToCall(Rules(away=True), line).place("ann", NUMBER, "ann")
    assert line.placed == []


def test_somebody_who_clicks_on_and_on_is_stopped_but_nobody_else() -> None:
    desk = ClickToCall(Rules(), line := Line())
    for _ in range(MOST_EACH):
        desk.place("ann", NUMBER, "ann")
    with pytest.raises(DialRefused, match="still going on"):
        desk.place("ann", NUMBER, "ann")
    desk.place("ben", NUMBER, "ben")
    at_once(line)


def test_only_who_asked_for_a_call_is_told_how_it_goes() -> None:
    desk = ClickToCall(Rules(), at_once(Line()))
    call = desk.place("ann", NUMBER, "ann")["call"]
    with pytest.raises(DialRefused):
        desk.how(call, "ben")


def test_calls_of_long_ago_are_forgotten() -> None:
    desk = ClickToCall(Rules(), at_once(Line()))
    first = desk.place("ann", NUMBER, "ann")["call"]
    for each in range(KEPT):
        desk.place("ann", NUMBER, f"user-{each}")
    with pytest.raises(DialRefused, match="not known any more"):
        desk.how(first, "ann")


def test_the_flow_passes_its_own_test_calls() -> None:
    failed = failing_tests(load_own(), {}, {"paper": {"name": "the Daily"}})
    assert [report for report in failed if FLOW in report] == []
