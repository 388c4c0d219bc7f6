"""The callbox calls guests: what is due, each once, until it is kept what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gevent
import pytest
from gevent.event import Event

from appliance.errors import SidecarFailed
from appliance.meeting_tasks import meeting_tasks
from appliance.switchboard import meetings
from appliance.switchboard.meetings import MeetingCalls
from ivr_flows.trace import Run
from lines.outgoing import Outcome, OutgoingCall, Placed
from lines.simulated_outgoing import SimulatedOutgoing
from store.fields import now
from tests.lines.houses import MOBILE
from tests.lines.meetings.diaries import BERLIN, HOUR, Paper, states, the_guest


@dataclass
class Tasks:
    """The sidecar's tasks, done at once; some of them fail so many times first."""

    failures: dict[str, int] = field(default_factory=dict)

    def run(self, task: str, *arguments: Any, limit: float) -> Any:
        if self.failures.get(task, 0) > 0:
            self.failures[task] -= 1
            raise SidecarFailed(f"{task}: the store is away")
        return meeting_tasks(BERLIN)[task](*arguments)


@dataclass
class Ringing(SimulatedOutgoing):
    """Rings until it is given up."""

    given_up: Event = field(default_factory=Event)

    def place(self, call: OutgoingCall) -> Placed:
        self.placed.append(call)
        self.given_up.wait()
        return Placed(Outcome.WITHDRAWN)

    def withdraw(self, call_id: str) -> None:
        self.withdrawn.append(call_id)
        self.given_up.set()


@pytest.fixture
def today(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """The callbox goes by the real clock, and looks often."""
    monkeypatch.setattr(meetings, "EVERY", 0.01)
    paper.now = now()
    return paper


def run(
    sidecar: Tasks,
    outgoing: SimulatedOutgoing,
    until: Callable[[], bool],
    is_connected: Callable[[], bool] = lambda: True,
) -> None:
    calls = MeetingCalls(sidecar, outgoing, is_connected)
    calls.start()
    with gevent.Timeout(20):
        while not until():
            gevent.sleep(0.01)
    calls.stop()


def says(*tags: str) -> Callable[[OutgoingCall], Run]:
    return lambda call: Run(call.flow, "en", tags=list(tags))


def test_what_is_due_is_called_once_and_kept(today: Paper) -> None:
    number = today.meeting(-HOUR / 2)
    numbers = [f"{MOBILE[:-1]}{line}" for line in range(3)]
    guests = [today.guest(number, number=each, dial_out=True) for each in numbers]
    outgoing = SimulatedOutgoing()
    run(Tasks(), outgoing, lambda: [states(guest) for guest in guests] == [["dial_out done"]] * 3)
    assert [call.to for call in outgoing.placed] == numbers


def test_what_a_guest_keys_in_the_reminder_is_kept(today: Paper) -> None:
    guest = today.guest(today.meeting(HOUR), call_before=60)
    outgoing = SimulatedOutgoing(run=says("meeting-declined"))
    run(Tasks(), outgoing, lambda: states(guest) == ["reminder_call done"])
    assert the_guest(guest).answer == "declined"


def test_a_store_that_is_away_for_a_while_costs_no_call_and_doubles_none(today: Paper) -> None:
    guest = today.guest(today.meeting(-HOUR / 2), dial_out=True)
    sidecar = Tasks({"meetings_take": 2, "meetings_report": 3, "meetings_withdrawn": 1})
    outgoing = SimulatedOutgoing()
    run(sidecar, outgoing, lambda: states(guest) == ["dial_out done"])
    assert len(outgoing.placed) == 1
    assert not any(sidecar.failures.values())


def test_a_phone_rings_no_longer_once_the_meeting_is_cancelled(today: Paper) -> None:
    number = today.meeting(-HOUR / 2)
    guest = today.guest(number, dial_out=True)
    outgoing = Ringing()

    def given_up() -> bool:
        if outgoing.placed and states(guest) == ["dial_out running"]:
            today.diary.cancel(number)
        return bool(outgoing.withdrawn)

    run(Tasks(), outgoing, given_up)
    assert outgoing.withdrawn == [outgoing.placed[0].id]
    assert states(guest) == ["dial_out withdrawn"]


def test_no_more_are_called_at_once_than_may_be(
    today: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meetings, "MOST", 2)
    number = today.meeting(-HOUR / 2)
    numbers = [f"{MOBILE[:-1]}{line}" for line in range(4)]
    guests = [today.guest(number, number=each, dial_out=True) for each in numbers]
    outgoing = Ringing()
    run(Tasks(), outgoing, lambda: len(outgoing.placed) == 2)
    begun = [states(guest) for guest in guests].count(["dial_out running"])
    assert (begun, len(outgoing.placed)) == (2, 2)


def test_a_fault_in_a_call_does_not_ring_a_guest_on_and_on(today: Paper) -> None:
    def broken(call: OutgoingCall) -> Run:
        raise KeyError(call.to)

    number = today.meeting(-HOUR / 2)
    first = today.guest(number, dial_out=True)
    outgoing, looks = SimulatedOutgoing(run=broken), list[bool]()

    def is_connected() -> bool:
        looks.append(True)
        return True

    run(Tasks(), outgoing, lambda: len(looks) > 5, is_connected)
    assert (len(outgoing.placed), states(first)) == (1, ["dial_out running"])


def test_nobody_is_called_before_the_switch_is_there(today: Paper) -> None:
    guest = today.guest(today.meeting(-HOUR / 2), dial_out=True)
    looks = iter([False, False, False])
    outgoing = SimulatedOutgoing(outcomes={MOBILE: Outcome.FAILED})

    def is_connected() -> bool:
        connected = next(looks, True)
        assert connected or states(guest) == ["dial_out waiting"]
        return connected

    run(Tasks(), outgoing, lambda: len(outgoing.placed) == 1, is_connected)
