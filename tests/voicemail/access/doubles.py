"""Somebody who listens to a mailbox: what is heard decides what is pressed."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivr_flows.engine import run_flow
from ivr_flows.loader import EVERYTHING, load_flow
from ivr_flows.ports import BridgeOutcome, Party, Ports, Prompt, Recordings
from ivr_flows.ports import Heard as Position
from ivr_flows.script import Script, SimulatedClock
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.simulator import (
    FACTS,
    NOON,
    NOWHERE,
    SimulatedDirectory,
    SimulatedHttp,
    SimulatedQueries,
    SimulatedSpeech,
)
from ivr_flows.steps import CORE, table_of
from ivr_flows.trace import Run, StepRecord
from ivr_flows.trial import Press
from voicemail.ports import Box, Folder, Letter, Mailroom
from voicemail.simulated import SimulatedMailroom
from voicemail.simulated_listening import Shelf, letter
from voicemail.steps import STEPS

TABLE = table_of(*CORE.values(), *STEPS)
PIN = "80715"
CALLER = Party("5550100")
DESK = Box(7, "desk", "News desk", has_pin=True)
SPORT = Box(8, "sport", "Sports desk", has_pin=True)
MESSAGES = (letter(1), letter(2), letter(3))


@dataclass(frozen=True, slots=True)
class On:
    """When the caller hears `words`, `keys` are pressed `after` seconds later."""

    words: str
    keys: str
    after: float = 0.5


@dataclass(slots=True, eq=False)
class Ear(list[str]):
    """What is heard; waits for the words of the next cue."""

    cues: deque[On]
    script: Script
    clock: SimulatedClock
    moments: dict[str, float] = field(default_factory=dict)
    """When words were heard for the first time, in seconds since the call began."""

    def append(self, text: str) -> None:
        list.append(self, text)
        self.moments.setdefault(text, (self.clock.time - NOON).total_seconds())
        if self.cues and self.cues[0].words in text:
            cue = self.cues.popleft()
            at = (self.clock.time - NOON).total_seconds() + cue.after
            self.script.presses.append(Press.model_construct(at=at, press=cue.keys))


class Phone(SimulatedCall):
    """Notes from where each recording was played."""

    def __init__(self, clock: SimulatedClock, script: Script, caller: Party) -> None:
        super().__init__(clock, script, caller, "800")
        self.played: list[tuple[str, float]] = []

    def listen(self, prompt: Prompt, start: float = 0.0) -> Position:
        self.played.append((prompt.text.strip("[]"), round(start, 1)))
        return super().listen(prompt, start)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a call."""

    call: Phone
    run: Run
    room: SimulatedMailroom
    seconds: float
    moments: Mapping[str, float]
    """When words were first heard, in seconds."""

    @property
    def step(self) -> StepRecord:
        return self.run.trace[0]

    @property
    def event(self) -> str:
        return self.step.event

    @property
    def words(self) -> str:
        return " ".join(self.call.heard)

    @property
    def desk(self) -> Shelf:
        assert self.room.shelves
        return self.room.shelves["801"]

    @property
    def played(self) -> list[tuple[str, float]]:
        """Which message from which second, each time."""
        return self.call.played

    def ids(self, folder: Folder) -> list[str]:
        return [found.id for found in self.desk.folders.get(folder, [])]


def mailroom(
    new: Sequence[Letter] = MESSAGES, saved: Sequence[Letter] = (), *, language: str = "en"
) -> SimulatedMailroom:
    """With the mailboxes 801 (`desk`) and 802 (`sport`)."""
    box = Box(DESK.id, DESK.name, DESK.title, language=language, has_pin=True)
    desk = Shelf(box, PIN, {Folder.NEW: [], Folder.SAVED: list(saved)})
    for found in new:
        desk.put(Folder.NEW, found)
    sport = Shelf(SPORT, "4711")
    return SimulatedMailroom(shelves={"801": desk, "802": sport, "desk": desk})


def listen(
    *keys: str | On,
    room: SimulatedMailroom | None = None,
    step: str = "{box: desk}",
    language: str = "en",
    caller: Party = CALLER,
    hangs_up: float | None = None,
    speaks: float = 5.0,
    answers: Mapping[str, BridgeOutcome] | None = None,
    then: str = "",
) -> Heard:
    """Plain `keys` answer one question each; those with words come when the words are heard."""
    room = room or mailroom()
    clock = SimulatedClock(NOON)
    script = Script(
        keys=deque(key for key in keys if isinstance(key, str)),
        hangs_up=hangs_up,
        outcomes=answers or {},
        messages=deque([speaks]),
    )
    call = Phone(clock, script, caller)
    ear = Ear(deque(key for key in keys if isinstance(key, On)), script, clock)
    call.heard = ear
    flow = load_flow(
        f"flow: main\nstart: a\nsteps:\n  a: {{mailbox: {step}{then}}}\n",
        "main.yaml",
        EVERYTHING,
        TABLE,
    )
    run = run_flow(flow, call, _ports(clock, room), flows=lambda name: None, language=language)
    return Heard(call, run, room, (clock.time - NOON).total_seconds(), ear.moments)


def inside(*keys: str | On, **options: Any) -> Heard:
    """After the right PIN."""
    return listen(f"{PIN}#", *keys, **options)


def _ports(clock: SimulatedClock, room: SimulatedMailroom) -> Ports:
    return Ports(
        speech=SimulatedSpeech(),
        queries=SimulatedQueries({}),
        http=SimulatedHttp(),
        directory=SimulatedDirectory(),
        clock=clock,
        recordings=Recordings(NOWHERE),
        facts=FACTS,
        services={Mailroom: room},
    )


def everything_kept(run: Run) -> Iterator[str]:
    """Each text in the trace, wherever it stands."""
    yield run.reason
    for record in run.trace:
        yield from (record.error, record.event, *map(str, record.detail.values()))
