"""An expert's hour on a switch under test: real calls in its rooms, keys, and tones."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import gevent
import numpy as np
import soundfile

from appliance.asking import Asked
from appliance.live_news import LiveNews
from appliance.switchboard.expert_hours import ExpertHours
from appliance.switchboard.hour_desk import HourDesk
from appliance.switchboard.hour_news import HourNews
from appliance.switchboard.rooms_keeper import SUBSCRIPTIONS, RoomKeeper
from esl.call import EslCall
from esl.hanging_up import hang_up
from esl.switch import Switch as Connection
from ivr_flows.ports import Prompt, SpeechFailed
from lines.experts.conducting import Stage
from lines.experts.hour import Agenda
from lines.experts.ports import Farewell, LineFacts, Place, Seat, SessionFacts
from lines.outgoing import Outcome
from lines.pieces.simulated import SimulatedPieceRecording
from lines.simulated_outgoing import SimulatedOutgoing
from store.jobs import Job
from tests.contract.callbox import Callbox, callbox
from tests.contract.callbox import Seat as Chair
from tests.contract.conftest import PhoneMaker
from tests.contract.rooms import until
from tests.doubles import FakeSidecar
from tests.listening import RATE
from tests.switches import Switch
from tests.tones import Choir

SESSION = 4711
HALL = f"hall-{SESSION}"


@dataclass
class Sayings:
    """Every text is the same short silence, and is noted."""

    prompt: Prompt
    said: list[str] = field(default_factory=list)

    def say(self, text: str, language: str, voice: str = "") -> list[Prompt]:
        self.said.append(text)
        return [self.prompt]

    def recording(self, name: str, language: str) -> Prompt:
        raise SpeechFailed(f"there is no {name}")


class Verbs(Asked):
    """What other processes may ask, asked without them."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.verbs: dict[str, Callable[..., Any]] = {}

    def register(self, verb: str, handler: Callable[..., Any]) -> None:
        self.verbs[verb] = handler


@dataclass
class Evening:
    """One hour whose doors are open, and whoever takes part."""

    box: Callbox
    keeper: RoomKeeper
    hours: ExpertHours
    asked: "Verbs"
    sayings: Sayings
    pieces: SimulatedPieceRecording
    kept: list[Job]
    choir: Choir = field(default_factory=Choir)
    chairs: dict[str, Chair] = field(default_factory=dict)

    def join(self, name: str, seat: Seat = Seat.CALLER) -> None:
        """Call, come into the hall, and hum from then on."""

        def steps(call: EslCall) -> Farewell:
            visit = self.hours.enter(SESSION, seat, call.id, call.caller, "en")
            try:
                while isinstance(place := visit.place(), Place):
                    call.conference(place.room, place.role, hall=place.hall)
                return place
            finally:
                visit.leave()

        chair = self.box.seat(steps)
        self.chairs[name] = chair
        self.choir.add(name, chair.phone).hum()
        self.is_in(HALL, name)

    def press(self, name: str, keys: str) -> None:
        self.chairs[name].phone.press(keys)

    def hang_up(self, name: str) -> None:
        self.chairs[name].phone.hang_up()

    def hears(self, expected: dict[str, set[str]]) -> None:
        self.choir.hears(expected)

    def all_hear(self, *voices: str, but: tuple[str, ...] = ()) -> None:
        """Everybody hears these, but nobody themselves."""
        listening = [name for name in self.choir.voices if name not in but]
        self.hears({name: set(voices) - {name} for name in listening})

    # What a test waits for.

    @property
    def view(self) -> dict[str, Any]:
        return dict(self.asked.verbs["experts.state"](SESSION))

    def is_in(self, room: str, *names: str) -> None:
        ids = {self.chairs[name].id for name in names}
        until(lambda: ids <= self._in(room), lambda: f"{names} not in {room}: {self.keeper.rooms}")

    def _in(self, room: str) -> set[str]:
        found = self.keeper.rooms.get(room)
        return {member.call_id for member in found.members.values()} if found else set()

    def waits(self, *names: str) -> None:
        """These wait to ask, in this order."""
        wanted = [self.chairs[name].id for name in names]
        until(
            lambda: [each["call"] for each in self.view["waiting"]] == wanted,
            lambda: f"waiting: {self.view['waiting']}",
        )

    def said(self, words: str) -> None:
        until(
            lambda: any(words in text for text in self.sayings.said),
            lambda: f"said: {self.sayings.said}",
        )


@contextmanager
def evening(switch: Switch, phones: PhoneMaker, folder: Path, **changed: Any) -> Iterator[Evening]:
    """Begins in a minute; the expert does not answer when called, but may call in."""
    prompt = Prompt(folder / "prompt.wav", seconds=0.2)
    soundfile.write(str(prompt.path), np.zeros(RATE // 5), RATE, subtype="PCM_16")
    with connected(switch) as (keeper, connection), callbox(switch, phones) as box:
        asked = Verbs(lambda *given: None)
        kept: list[Job] = []
        sayings = Sayings(prompt)
        pieces = SimulatedPieceRecording(switch.recordings)
        outgoing = SimulatedOutgoing({"fall": Outcome.NO_ANSWER})
        stage = Stage(
            keeper.control,
            keeper.member,
            partial(hang_up, connection),
            sayings,
            outgoing,
            pieces,
            kept.append,
            lambda: datetime.now(UTC),
        )
        sidecar = FakeSidecar([agenda(**changed)])
        news = HourNews(lambda *given: None, LiveNews(lambda *given: None))
        hours = ExpertHours(stage, keeper, sidecar, news.changed)  # type: ignore[arg-type]
        HourDesk(hours, news).register(asked)
        keeper.start()
        keeper.switch_is_back()
        hours.start()
        until(lambda: len(asked.verbs["experts.sessions"]()) == 1, lambda: "the hour has not begun")
        made = Evening(box, keeper, hours, asked, sayings, pieces, kept)
        try:
            yield made
        finally:
            for chair in made.chairs.values():
                chair.phone.hang_up()
            until(lambda: not made._in(HALL), lambda: "the hall does not empty")
            hours.stop()


def agenda(**changed: Any) -> Agenda:
    start = datetime.now(UTC) + timedelta(minutes=1)
    session = SessionFacts(
        SESSION, LineFacts(1, "science"), "Bees", start, start + timedelta(hours=1), **changed
    )
    return Agenda(session, expert="fall")


@contextmanager
def connected(switch: Switch) -> Iterator[tuple[RoomKeeper, Connection]]:
    keepers: list[RoomKeeper] = []
    connection = Connection(
        switch.esl,
        switch.password,
        subscriptions=SUBSCRIPTIONS,
        on_event=lambda event: keepers[0].on_event(event),
        on_resync=lambda rows: keepers[0].switch_is_back(),
    )
    keepers.append(RoomKeeper(connection))
    connection.start()
    until(lambda: connection.state.status == "connected", lambda: connection.state.reason)
    try:
        yield keepers[0], connection
    finally:
        connection.stop()
        gevent.sleep(0)
