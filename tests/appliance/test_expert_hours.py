"""Hours of experts begin when they are due, for whoever comes, and end once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import gevent
import pytest

from appliance.asking import Asked
from appliance.errors import SidecarFailed
from appliance.live_news import LiveNews
from appliance.switchboard.expert_hours import ExpertHours
from appliance.switchboard.hour_desk import HourDesk
from appliance.switchboard.hour_news import HOUR, HourNews
from esl.errors import RoomMissing
from ivr_flows.ports import Party
from lines.errors import HourRefused, HourUnknown, OrderOdd
from lines.experts.conducting import Stage
from lines.experts.hour import Agenda
from lines.experts.ports import (
    ExpertLineAway,
    Farewell,
    LineFacts,
    Place,
    Seat,
    SessionFacts,
    SessionState,
    Visit,
)
from lines.pieces.simulated import SimulatedPieceRecording
from lines.simulated_outgoing import SimulatedOutgoing
from tests.lines.experts.test_conducting import Voice

ANN = Party("030")
VERBS = "next off mute unmute jingle extend close call_expert aside back note priority remove"


class Store:
    """The sidecar that knows the sessions."""

    def __init__(self) -> None:
        self.agendas: dict[int, Agenda] = {}
        self.away = False
        self.asked = 0

    def run(self, task: str, *given: Any, limit: float) -> Any:
        self.asked += 1
        if self.away:
            raise SidecarFailed("the store is away")
        return list(self.agendas.values()) if task == "experts_due" else self.agendas.get(given[1])


class Keeper:
    """A switch without anybody in its rooms."""

    rooms: dict[str, Any] = {}  # noqa: RUF012

    def __init__(self) -> None:
        self.reconciled: list[Callable[[], None]] = []

    def watch(self, prefix: str, on_told: object) -> None: ...

    def on_reconciled(self, work: Callable[[], None]) -> None:
        self.reconciled.append(work)

    def control(self, name: str) -> Any:
        return _Empty(name)

    def member(self, call_id: str) -> None:
        return None


class _Empty:
    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, verb: str) -> Callable[..., None]:
        def refuse(*_given: object) -> None:
            raise RoomMissing(self._name, verb, f"-ERR Conference {self._name} not found")

        return refuse


@dataclass
class Box:
    hours: ExpertHours
    store: Store
    keeper: Keeper
    desk: dict[str, Callable[..., Any]]
    told: list[tuple[str, str]] = field(default_factory=list)

    def plan(self, session: int = 7, starts_in: float = 60.0, **facts: Any) -> None:
        start = datetime.now(UTC) + timedelta(seconds=starts_in)
        line = LineFacts(1, "science")
        made = SessionFacts(session, line, "Bees", start, start + timedelta(hours=1), **facts)
        self.store.agendas[session] = Agenda(made, "fall", call_expert=False)

    def know_the_rooms(self) -> None:
        for work in self.keeper.reconciled:
            work()

    def enter(self, seat: Seat, session: int = 7, call: str = "call-1") -> Visit:
        return self.hours.enter(session, seat, call, ANN, "en")


class Verbs(Asked):
    def __init__(self) -> None:
        super().__init__(lambda *given: None)
        self.verbs: dict[str, Callable[..., Any]] = {}

    def register(self, verb: str, handler: Callable[..., Any]) -> None:
        self.verbs[verb] = handler


@pytest.fixture
def box() -> Box:
    store, keeper, asked = Store(), Keeper(), Verbs()
    told: list[tuple[str, str]] = []
    stage = Stage(
        keeper.control,
        keeper.member,
        lambda call: None,
        Voice(),
        SimulatedOutgoing(),
        SimulatedPieceRecording(),
        lambda job: None,
        lambda: datetime.now(UTC),
    )
    news = HourNews(
        lambda subclass, headers, body: told.append((subclass, body)), LiveNews(lambda *given: None)
    )
    hours = ExpertHours(stage, keeper, store, news.changed)  # type: ignore[arg-type]
    HourDesk(hours, news).register(asked)
    return Box(hours, store, keeper, asked.verbs, told)


def test_nothing_begins_before_it_is_known_who_is_in_the_rooms(box: Box) -> None:
    box.plan()
    with pytest.raises(ExpertLineAway):
        box.enter(Seat.CALLER)
    box.know_the_rooms()
    assert [each["session"] for each in box.desk["experts.sessions"]()] == [7]


def test_a_caller_who_comes_in_the_second_of_the_opening_is_let_in(box: Box) -> None:
    box.know_the_rooms()
    box.plan()
    place = box.enter(Seat.CALLER).place()
    assert isinstance(place, Place)
    assert (place.room, place.hall) == ("hall-7", True)


def test_the_host_may_come_before_the_doors_open_and_callers_may_not(box: Box) -> None:
    box.know_the_rooms()
    box.plan(starts_in=600)
    assert isinstance(box.enter(Seat.HOST).place(), Place)
    assert box.enter(Seat.CALLER, call="call-2").place() is Farewell.CLOSED


def test_a_session_that_nobody_knows_has_no_place(box: Box) -> None:
    box.know_the_rooms()
    visit = box.enter(Seat.CALLER, session=99)
    assert visit.place() is Farewell.LOST
    visit.contact("030")
    visit.leave()


def test_without_the_store_an_hour_goes_on_and_no_other_begins(box: Box) -> None:
    box.plan()
    box.know_the_rooms()
    box.store.away = True
    assert isinstance(box.enter(Seat.CALLER).place(), Place)
    with pytest.raises(ExpertLineAway):
        box.enter(Seat.CALLER, session=8)


def test_many_callers_ask_the_store_nothing(box: Box) -> None:
    box.plan()
    box.know_the_rooms()
    before = box.store.asked
    visits = [box.enter(Seat.CALLER, call=f"call-{number}") for number in range(1000)]
    assert box.store.asked == before
    assert sum(isinstance(visit.place(), Place) for visit in visits) == 300


def test_a_visit_ends_once(box: Box) -> None:
    box.plan()
    box.know_the_rooms()
    visit = box.enter(Seat.HOST)
    visit.leave()
    visit.leave()
    assert box.desk["experts.state"]()["staff"] == []
    assert visit.place() is Farewell.LOST


def test_a_cancelled_session_is_told_and_ended(box: Box) -> None:
    box.plan()
    box.know_the_rooms()
    visit = box.enter(Seat.CALLER)
    found = box.store.agendas[7]
    cancelled = replace(found.session, state=SessionState.CANCELLED)
    box.store.agendas[7] = replace(found, session=cancelled)
    box.hours._look()
    assert visit.place() is Farewell.CLOSED


def test_an_hour_that_is_over_is_not_begun_again(box: Box) -> None:
    """The store learns of its end a moment later."""
    box.plan()
    box.know_the_rooms()
    box.desk["experts.close"](7)
    with gevent.Timeout(10):
        while not box.hours._over:
            gevent.sleep(0.01)
    box.hours._forget(box.hours.held(7))
    box.hours._look()
    assert box.desk["experts.sessions"]() == []
    assert box.enter(Seat.CALLER).place() is Farewell.CLOSED


def test_the_only_hour_needs_no_number_and_one_of_two_does(box: Box) -> None:
    box.plan()
    box.know_the_rooms()
    assert box.desk["experts.state"]()["session"] == 7
    box.plan(8)
    box.hours._look()
    with pytest.raises(HourUnknown, match="name the session; held now: 7, 8"):
        box.desk["experts.state"]()
    assert box.desk["experts.state"](session=8)["session"] == 8


@pytest.mark.parametrize("verb", VERBS.split())
def test_odd_arguments_are_refused_in_words(box: Box, verb: str) -> None:
    box.plan()
    box.know_the_rooms()
    with pytest.raises((OrderOdd, HourRefused)):
        box.desk[f"experts.{verb}"](nonsense=1)


def test_who_watches_is_told_of_changes_and_who_does_not_is_not(box: Box) -> None:
    box.plan()
    box.know_the_rooms()
    box.enter(Seat.HOST, call="call-0")
    box.desk["experts.extend"](minutes=5)
    gevent.sleep(0)
    assert box.told == []
    box.desk["experts.watch"]()
    for _ in range(20):
        box.desk["experts.extend"](minutes=1)
    with gevent.Timeout(10):
        while not box.told:
            gevent.sleep(0.01)
    ((subclass, body),) = box.told
    assert subclass == HOUR
    assert '"session": 7' in body
