"""An expert's hour in a box: planned by the test, held by phone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from appliance import pulse
from appliance.expert_hour_client import ExpertHourClient, held_now
from appliance.settings import load
from lines.experts import records, sessions
from lines.experts.entry import checked_line, checked_session
from lines.experts.ports import SessionState
from lines.experts.signing_in import new_pins
from store.models import ExpertSession, Piece, Question
from tests.contract.phone import Phone
from tests.end_to_end.callers import call
from tests.end_to_end.house import ROUTES, House
from tests.end_to_end.mailboxes import opened
from tests.end_to_end.waiting import eventually
from tests.phones import PhoneMaker
from tests.tones import Choir

FLOWS = Path(__file__).parent / "flows_of_experts"
OWN_ROUTES = [{"number": "60*", "flow": "hour"}, {"number": "9*", "flow": "staff"}]
STAFF = "9"
"""Before the number of a line: its staff's."""


def furnish(house: House) -> House:
    """With the flows and the routes of expert lines."""
    house.write(routes=[*ROUTES, *OWN_ROUTES])
    house.box.reloaded_by("publish", str(FLOWS))
    eventually(lambda: {"hour", "staff"} <= _live(house), "the callbox has the flows", 60)
    return house


def _live(house: House) -> set[str]:
    return {name for name, _version in pulse.read(house.box.home, "callbox").state["flows"]}


@dataclass
class Hour:
    """One session, and whoever takes part in it. Each hums as soon as they are in."""

    house: House
    phones: PhoneMaker
    number: str
    session: int
    pins: dict[str, str]
    choir: Choir = field(default_factory=Choir)
    _callers: int = 0

    @property
    def client(self) -> ExpertHourClient:
        return ExpertHourClient(load(self.house.box.environment), self.session)

    def answers(self, name: str, phone: Phone) -> None:
        """Somebody whom the box calls."""
        phone.wait_invite(60)
        phone.pick_up()
        self.choir.add(name, phone).hum()

    def staff(self, name: str, seat: str) -> Phone:
        """By PIN."""
        phone = self._phone(name, STAFF + self.number)
        self.house.spoken.wait_heard("Please key in your PIN, then the hash key.", phone.line.heard)
        phone.press(f"{self.pins[seat]}#")
        phone.line.wait_said()
        self.choir.hum(name)
        return phone

    def caller(self, name: str) -> Phone:
        """In the hall when this returns."""
        before = self.state()["listeners"]
        phone = self.rings(name)
        eventually(lambda: self.state()["listeners"] > before, f"{name} is in the hall", 60)
        self.choir.hum(name)
        return phone

    def press(self, name: str, keys: str) -> None:
        self.choir.voices[name].phone.press(keys)

    def hears(self, expected: dict[str, set[str]]) -> None:
        self.choir.hears(expected, limit=60)

    def is_held(self) -> bool:
        held = held_now(load(self.house.box.environment))
        return any(each["session"] == self.session for each in held)

    def state(self) -> dict[str, Any]:
        return self.client.state()

    # What is kept.

    def row(self) -> ExpertSession:
        with opened(self.house.box.home):
            return sessions.known(self.session)

    def questions(self) -> list[Question]:
        with opened(self.house.box.home):
            mine = Question.select().where(Question.session == self.session)
            return list(mine.order_by(Question.asked_at))

    def pieces(self) -> list[Piece]:
        with opened(self.house.box.home):
            mine = Piece.select().where(Piece.session == self.session)
            return list(mine.order_by(Piece.begun_at))

    def rings(self, name: str) -> Phone:
        """A caller, who is on the way into the hall."""
        return self._phone(name, self.number)

    def number_of(self, name: str) -> str:
        return self.choir.voices[name].phone.number

    def _phone(self, name: str, number: str) -> Phone:
        self._callers += 1
        phone: Phone = self.phones(f"55560{self._callers:02}")
        self.choir.add(name, phone)
        return call(phone, self.house.box, number)


@contextmanager
def planned(
    house: House, phones: PhoneMaker, number: str, *, starts_in: float = 30.0, **facts: Any
) -> Iterator[Hour]:
    """On a line of its own; whatever is left of it is closed at the end."""
    name = f"line-{number}"
    with opened(house.box.home):
        records.create(checked_line(name=name, title="Ask science"))
        start = datetime.now(UTC) + timedelta(seconds=starts_in)
        given = {"topic": "Bees", "expert": f"person-{number}", "minutes": 30, **facts}
        session = sessions.schedule(checked_session(line=name, starts_at=start, **given))
        pins = new_pins(session)
    keyed = {"host": pins.host, "expert": pins.expert, "screener": pins.screener}
    hour = Hour(house, phones, number, session, keyed)
    try:
        yield hour
    finally:
        if hour.row().state in (SessionState.OPEN, SessionState.LIVE):
            hour.client.close()
