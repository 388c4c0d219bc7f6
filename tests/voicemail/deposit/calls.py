"""Calls in which somebody leaves a message, without a switch."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.steps import TABLE
from ivr_flows.engine import run_flow
from ivr_flows.flow import Flow
from ivr_flows.languages import LANGUAGES
from ivr_flows.loader import EVERYTHING, load_flow
from ivr_flows.ports import (
    DigitRule,
    Digits,
    Heard,
    Party,
    Ports,
    Prompt,
    Recording,
    Recordings,
    RecordRule,
    Speech,
)
from ivr_flows.script import Script, SimulatedClock
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.simulator import (
    FACTS,
    NOON,
    SimulatedDirectory,
    SimulatedHttp,
    SimulatedQueries,
    SimulatedSpeech,
)
from ivr_flows.trace import Run
from ivr_flows.trial import Press
from voicemail.ports import Mailroom
from voicemail.simulated import SimulatedMailroom

CALLER = Party("5550100", "Ann")


@dataclass(slots=True)
class Strike:
    """What breaks: operation number `at` of the call, from 1."""

    at: int
    error: Callable[[], BaseException]


class WatchedCall(SimulatedCall):
    """Counts its operations, keeps its recordings, and breaks when it is told to."""

    def __init__(
        self,
        script: Script,
        caller: Party,
        strike: Strike | None = None,
        write: Callable[[Path, float], object] | None = None,
    ) -> None:
        self.clock = SimulatedClock(NOON)
        super().__init__(self.clock, script, caller, "100")
        self.operations: list[str] = []
        self.recordings: list[Recording] = []
        self.moments: list[float] = []
        """When each operation began, in seconds of the call."""
        self._strike = strike
        self._write = write
        self._within = False
        """A simulated question plays its own prompts."""

    def play(self, audio: Sequence[Prompt], *, barge_in: bool = True) -> None:
        if not self._within:
            self._operate("play")
        super().play(audio, barge_in=barge_in)

    def collect(self, audio: Sequence[Prompt], rule: DigitRule) -> Digits:
        self._operate("collect")
        self._within = True
        try:
            return super().collect(audio, rule)
        finally:
            self._within = False

    def listen(self, prompt: Prompt, start: float = 0.0) -> Heard:
        self._operate("listen")
        return super().listen(prompt, start)

    def record(self, into: Path, rule: RecordRule) -> Recording:
        self._operate("record")
        recording = super().record(into, rule)
        self.recordings.append(recording)
        if self._write:
            self._write(into, recording.seconds)
        return recording

    @property
    def seconds(self) -> float:
        """Of the call, up to now."""
        return (self.clock.time - NOON).total_seconds()

    def moment_of(self, what: str, number: int) -> float:
        """When the call did it for the time `number`, from 1."""
        places = [place for place, done in enumerate(self.operations) if done == what]
        return self.moments[places[number - 1]]

    def _operate(self, what: str) -> None:
        self.operations.append(what)
        self.moments.append(self.seconds)
        if self._strike and len(self.operations) == self._strike.at:
            raise self._strike.error()


@dataclass(frozen=True, slots=True)
class Left:
    """What became of a call."""

    call: WatchedCall
    run: Run
    room: SimulatedMailroom

    @property
    def heard(self) -> str:
        return " ".join(self.call.heard)

    @property
    def event(self) -> str:
        return self.run.trace[0].event

    @property
    def detail(self) -> Mapping[str, Any]:
        return self.run.trace[0].detail

    @property
    def takes(self) -> list[int]:
        """The take of each message that was kept."""
        return [kept.take for kept in self.room.kept]


def leave(
    step: str = "desk",
    room: SimulatedMailroom | None = None,
    *,
    to: str = "on: {}",
    then: str = "",
    keys: Sequence[str] = (),
    presses: Sequence[tuple[float, str]] = (),
    speaks: Sequence[float] = (),
    numbers: Sequence[str | None] | None = None,
    hangs_up: float | None = None,
    caller: Party = CALLER,
    speech: Speech | None = None,
    strike: Strike | None = None,
    write: Callable[[Path, float], object] | None = None,
) -> Left:
    """`step` is the verb's value in YAML, `to` where it leads, `then` the step "z".

    `numbers` is what is heard when the caller says one, in any language; where it is None, none
    are heard. `write` puts so many seconds of sound into a file.
    """
    script = Script(
        keys=deque(keys),
        presses=deque(Press.model_construct(at=at, press=press) for at, press in presses),
        hangs_up=hangs_up,
        messages=deque(speaks),
    )
    call = WatchedCall(script, caller, strike, write)
    room = room or SimulatedMailroom()
    if numbers is not None:
        room.spoken_numbers = {language: deque(numbers) for language in LANGUAGES}
    flow = flow_of(step, to, then)
    run = run_flow(flow, call, ports(call, room, speech), flows=lambda name: None)
    return Left(call, run, room)


def flow_of(step: str, to: str, then: str) -> Flow:
    text = f"flow: main\nstart: a\nsteps:\n  a: {{voicemail: {step}, {to}}}\n"
    text += f"  z: {then}\n" if then else ""
    return load_flow(text, "main.yaml", EVERYTHING, TABLE)


def ports(call: WatchedCall, room: SimulatedMailroom, speech: Speech | None) -> Ports:
    return Ports(
        speech=speech or SimulatedSpeech(),
        queries=SimulatedQueries({}),
        http=SimulatedHttp(),
        directory=SimulatedDirectory(),
        clock=call.clock,
        recordings=Recordings(Path("/simulated")),
        facts=FACTS,
        services={Mailroom: room},
    )
