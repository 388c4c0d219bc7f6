"""Who is owed a call is called, and what came of it is noted, whatever the store does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import gevent
import pytest

from appliance.errors import SidecarFailed
from appliance.switchboard import calling_back
from appliance.switchboard.calling_back import CallingBack
from ivr_flows.trace import Run, RunEnd
from lines.callbacks.due import Due, Over
from lines.callbacks.ports import Booked, CallbacksAway, CallbackWish, Refusal
from lines.outgoing import Outcome, OutgoingCall
from lines.simulated_outgoing import SimulatedOutgoing
from store.fields import now
from store.models.line import Door

LIMIT = 30.0
WISH = CallbackWish("030123", "answer")


@dataclass
class Store:
    """A sidecar that owes these calls, and fails as often as it is told to."""

    owed: list[Due]
    failures: int = 0
    over: list[Any] = field(default_factory=list)
    takes: list[int] = field(default_factory=list)

    def run(self, task: str, *arguments: Any, limit: float) -> Any:
        if task == "callback_take":
            most = arguments[1]
            self.takes.append(most)
            taken, self.owed = self.owed[:most], self.owed[most:]
            return taken
        if self.failures:
            self.failures -= 1
            raise SidecarFailed("the store is away")
        if task == "callback_over":
            self.over.append(arguments[1:])
            return None
        return Booked(7, "+4930123", now())


def due(number: int, to: str = "") -> Due:
    return Due(number, OutgoingCall(to or f"+4930{number}", Door.CALLBACK, "answer"))


def until(look: Any) -> None:
    with gevent.Timeout(LIMIT):
        while not look():
            gevent.sleep(0.01)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling_back, "EVERY", 0.01)
    monkeypatch.setattr(calling_back, "NOTE_AGAIN", 0.01)


def noted(
    store: Store, outgoing: SimulatedOutgoing | None = None, *, count: int = 1
) -> Sequence[tuple[int, Over]]:
    CallingBack(store, outgoing or SimulatedOutgoing(), lambda: True).start()
    until(lambda: len(store.over) == count)
    return store.over


def test_a_call_that_was_heard_is_noted() -> None:
    ((number, over),) = noted(Store([due(1)]))
    assert (number, over.outcome, over.broken) == (1, Outcome.ANSWERED, False)
    assert over.call_id


def test_a_call_that_nobody_took_is_noted() -> None:
    outgoing = SimulatedOutgoing({"busy": Outcome.BUSY})
    ((_, over),) = noted(Store([due(1, "busy")]), outgoing)
    assert over == Over(Outcome.BUSY, "simulated")


@pytest.mark.parametrize("end", [RunEnd.FAILED, RunEnd.LOST])
def test_a_call_whose_flow_broke_is_noted_as_such(end: RunEnd) -> None:
    outgoing = SimulatedOutgoing(run=lambda call: Run(call.flow, "en", end, "no engine"))
    ((_, over),) = noted(Store([due(1)]), outgoing)
    assert over.broken and over.reason == "no engine"


def test_who_hangs_up_in_the_midst_was_reached() -> None:
    outgoing = SimulatedOutgoing(run=lambda call: Run(call.flow, "en", RunEnd.HUNG_UP))
    ((_, over),) = noted(Store([due(1)]), outgoing)
    assert not over.broken


def test_what_became_of_a_call_is_noted_once_the_store_is_back() -> None:
    store = Store([due(1)], failures=3)
    assert [number for number, _ in noted(store)] == [1]


def test_no_more_are_called_at_once_than_there_are_lines_for() -> None:
    store = Store([due(number) for number in range(12)])
    noted(store, count=12)
    assert max(store.takes) == calling_back.MOST_AT_ONCE


def test_nobody_is_called_while_the_switch_is_away() -> None:
    store = Store([due(1)])
    connected: list[bool] = []
    calling = CallingBack(store, SimulatedOutgoing(), lambda: bool(connected))
    calling.start()
    for _ in range(5):
        calling.look()
        gevent.sleep(0)
    assert store.takes == []
    connected.append(True)
    until(lambda: store.over)


def test_a_promise_is_told_to_the_store() -> None:
    answer = CallingBack(Store([]), SimulatedOutgoing(), lambda: True).book(WISH)
    assert not isinstance(answer, Refusal)
    assert answer.id == 7


def test_nothing_is_promised_while_the_store_is_away() -> None:
    calling = CallingBack(Store([], failures=1), SimulatedOutgoing(), lambda: True)
    with pytest.raises(CallbacksAway):
        calling.book(WISH)


def test_a_call_back_that_is_cancelled_is_withdrawn() -> None:
    outgoing = SimulatedOutgoing()
    CallingBack(Store([]), outgoing, lambda: True).withdraw(3)
    assert outgoing.withdrawn == ["callback-3"]
