"""An hour under test, without a switch: people come, press keys, and orders are read."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ivr_flows.ports import Party, Role
from lines.experts.hour import Agenda, Hour
from lines.experts.hour.orders import Mute, Order, ShowOut, Tell, TellAll, Unmute
from lines.experts.ports import Farewell, LineFacts, Place, Seat, SessionFacts
from store.models.expert import SessionState

START = datetime(2030, 5, 6, 18, 0, tzinfo=UTC)
HALL = "hall-7"
SESSION = SessionFacts(
    id=7,
    line=LineFacts(1, "science"),
    topic="Bees",
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    expert="Dr. Fall",
    jingle="buzz",
)
FOLLOWING = replace(
    SESSION, id=8, topic="Wasps", starts_at=START + timedelta(hours=2), ends_at=START
)


def agenda(**changed: Any) -> Agenda:
    own = {name: changed.pop(name) for name in list(changed) if hasattr(Agenda, name)}
    return Agenda(replace(SESSION, **changed), **{"expert": "fall", **own})


@dataclass
class Hours:
    """The hour, and a clock. Whoever is shown out asks for their place and goes there."""

    hour: Hour
    now: datetime = START - timedelta(minutes=2)
    log: list[Order] = field(default_factory=list)
    rooms: dict[str, str] = field(default_factory=dict)
    """Of each call that is in one."""
    speaks: dict[str, bool] = field(default_factory=dict)
    gone: dict[str, Farewell] = field(default_factory=dict)

    def tick(self, **later: float) -> None:
        self.now += timedelta(**later)
        self.hour.tick(self.now)
        self.settle()

    def join(self, name: str, seat: Seat = Seat.CALLER, number: str = "0301234567") -> None:
        refused = self.hour.enter(name, seat, Party(number), "en")
        if refused is not None:
            self.gone[name] = refused
            return
        self._go(name)
        self.settle()

    def press(self, name: str, keys: str) -> None:
        for key in keys:
            self.now += timedelta(seconds=2)
            self.hour.key(name, key, self.now.timestamp(), self.now)
            self.settle()

    def hang_up(self, name: str) -> None:
        room = self.rooms.pop(name, "")
        self.hour.leave(name, self.now)
        if room:
            self.hour.went(name, room, self.now)
        self.settle()

    def serve(self, verb: str, **given: Any) -> None:
        try:
            self.hour.serve(verb, self.now, given)
        finally:
            self.settle()

    def settle(self) -> None:
        """What a switch would do."""
        while orders := self.hour.take_orders():
            self.log += orders
            for order in orders:
                self._do(order)

    def _do(self, order: Order) -> None:
        if isinstance(order, Mute | Unmute) and self.rooms.get(order.call_id) == HALL:
            self.speaks[order.call_id] = isinstance(order, Unmute)
        if isinstance(order, ShowOut) and self.rooms.get(order.call_id) == order.room:
            self.rooms.pop(order.call_id)
            self.hour.went(order.call_id, order.room, self.now)
            self._go(order.call_id)

    def _go(self, name: str) -> None:
        place = self.hour.place(name)
        if isinstance(place, Place):
            self.rooms[name] = place.room
            self.speaks[name] = place.role is not Role.LISTENER
            self.hour.came(name, place.room, self.now)
            self.hour.seen(name, speaks=self.speaks[name])
        else:
            self.gone[name] = place
            self.hour.leave(name, self.now)

    # What a test asks.

    @property
    def view(self) -> dict[str, Any]:
        return self.hour.view

    @property
    def on_air(self) -> str:
        """Whose call is; empty for nobody's."""
        on_air = self.view["on_air"]
        return str(on_air["call"]) if on_air else ""

    def is_in(self, state: SessionState) -> bool:
        return self.hour.phase is state

    @property
    def waiting(self) -> list[str]:
        return [each["call"] for each in self.view["waiting"]]

    def question(self, name: str) -> str:
        return next(str(q["question"]) for q in self.view["waiting"] if q["call"] == name)

    def told(self, name: str) -> str:
        """What somebody was told last."""
        said = [o.said for o in self.log if isinstance(o, Tell) and o.call_id == name]
        return " ".join(each.text("en") for each in said[-1]) if said else ""

    def announced(self) -> str:
        said = [order.said for order in self.log if isinstance(order, TellAll)]
        return " ".join(each.text("en") for each in said[-1]) if said else ""

    def count(self, kind: type) -> int:
        return sum(isinstance(order, kind) for order in self.log)


def hours(**changed: Any) -> Hours:
    """Before its doors open."""
    numbers = itertools.count(1)
    return Hours(Hour(agenda(**changed), lambda: f"q{next(numbers)}"))


def open_hour(*callers: str, **changed: Any) -> Hours:
    """Live, with a host and an expert, and callers who listen."""
    made = hours(**changed)
    made.tick()
    made.join("host", Seat.HOST)
    made.join("expert", Seat.EXPERT)
    join_all(made, callers)
    assert made.hour.phase is SessionState.LIVE
    return made


def join_all(made: Hours, callers: Iterable[str]) -> None:
    for caller in callers:
        made.join(caller)
