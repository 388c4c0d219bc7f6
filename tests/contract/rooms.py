"""A room under test: phones that each send a tone of their own, and the box that steers it."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import gevent

from esl.conference import RoomControl
from esl.conference_events import KEYS, SUBSCRIPTION, MemberTold, SoundTold, Told, told
from esl.event import Event
from esl.switch import Switch as Connection
from esl.switch import SwitchStatus
from tests.contract.client import LIMIT
from tests.contract.conftest import CallMaker, Leg
from tests.listening import RATE, tone, tones_in
from tests.switches import Switch

TONES = (350.0, 500.0, 650.0, 1100.0, 1700.0, 2300.0)
"""Hertz; none is near a multiple of another."""
STRETCH = 0.4
"""Seconds of what was heard last that are judged."""
LONG = 60.0


@dataclass(slots=True)
class Guest:
    """A caller in a room."""

    leg: Leg
    number: int
    tone: float

    def talk(self) -> None:
        """From now on, on and on."""
        self.leg.phone.line.say(tone(self.tone, LONG))

    def hears_now(self) -> set[float]:
        heard = self.leg.phone.line.heard()
        return tones_in(heard[-round(STRETCH * RATE) :], TONES)


@dataclass
class Watch:
    """The box's connection to the switch, and all that it is told; one room above all."""

    connection: Connection
    name: str
    news: list[Told]

    @property
    def control(self) -> RoomControl:
        return RoomControl(self.connection, self.name)

    def wait(self, seen: Callable[[Told], bool]) -> Told:
        """The first news, past or to come, for which `seen` holds."""
        found: list[Told] = []

        def look() -> bool:
            found[:] = [each for each in self.news if seen(each)]
            return bool(found)

        until(look, lambda: f"did not come; told: {[_short(each) for each in self.news]}")
        return found[0]

    def member_told(self, what: str, call_id: str) -> MemberTold:
        found = self.wait(
            lambda t: isinstance(t, MemberTold) and (t.what, t.member.call_id) == (what, call_id)
        )
        assert isinstance(found, MemberTold)
        return found

    def sound_told(self, what: str) -> SoundTold:
        found = self.wait(lambda t: isinstance(t, SoundTold) and t.what == what)
        assert isinstance(found, SoundTold)
        return found


@dataclass
class Hall(Watch):
    """A room, and guests who were brought there command by command."""

    calls: CallMaker
    guests: list[Guest] = field(default_factory=list)
    profile: str = "default"

    def enter(self, flags: str = "", variables: Mapping[str, str] | None = None) -> Guest:
        leg = self.calls()
        for name, value in (variables or {}).items():
            leg.esl.run("set", f"{name}={value}")
        flags = f"+flags{{{flags}}}" if flags else ""
        leg.esl.start("conference", f"{self.name}@{self.profile}{flags}", mark="join")
        came = self.member_told("add-member", leg.uuid)
        guest = Guest(leg, came.member.number, TONES[len(self.guests)])
        self.guests.append(guest)
        return guest

    def hears(self, heard: Mapping[int, set[float]]) -> None:
        """Waits until each guest, by number, hears these tones and no others."""
        until(
            lambda: self._heard(heard) == dict(heard),
            lambda: f"wanted {dict(heard)}, heard {self._heard(heard)}",
        )

    def _heard(self, of: Mapping[int, set[float]]) -> dict[int, set[float]]:
        return {g.number: g.hears_now() for g in self.guests if g.number in of}

    def empty(self) -> None:
        for guest in self.guests:
            guest.leg.phone.hang_up()
        until(
            lambda: any(getattr(each, "what", "") == "conference-destroy" for each in self.news),
            lambda: f"the room is still there: {[_short(each) for each in self.news]}",
        )


def _short(news: Told) -> str:
    return str(getattr(news, "what", news))


def until(done: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    deadline = time.monotonic() + LIMIT
    while not done():
        assert time.monotonic() < deadline, otherwise()
        gevent.sleep(0.02)


@contextmanager
def watching(switch: Switch, name: str) -> Iterator[Watch]:
    news: list[Told] = []

    def on_event(event: Event) -> None:
        if (what := told(event)) is not None:
            news.append(what)

    connection = Connection(
        switch.esl,
        switch.password,
        subscriptions=[KEYS, SUBSCRIPTION],
        on_event=on_event,
        on_resync=lambda rows: None,
    )
    connection.start()
    try:
        connected = lambda: connection.state.status == SwitchStatus.CONNECTED  # noqa: E731
        until(connected, lambda: connection.state.reason)
        yield Watch(connection, name, news)
    finally:
        connection.stop()


def hall(switch: Switch, calls: CallMaker, name: str) -> Iterator[Hall]:
    """A room of this name, and the box's connection; both are gone afterwards."""
    with watching(switch, name) as watch:
        made = Hall(watch.connection, name, watch.news, calls)
        yield made
        made.empty()
