"""Calls to expert lines, without a switch."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from appliance.steps import TABLE
from ivr_flows.engine import run_flow
from ivr_flows.flow import Flow
from ivr_flows.loader import EVERYTHING, load_flow
from ivr_flows.ports import Party, Ports, Prompt, Recordings, Role, RoomOutcome, Speech
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
from lines.experts.ports import (
    Answer,
    ExpertLines,
    LateQuestion,
    LineFacts,
    LineNow,
    Place,
    SessionFacts,
    SessionState,
)
from lines.experts.simulated import SimulatedExpertLines

CALLER = Party("5550100", "Ann")
NOBODY = Party("", withheld=True)
LINE = LineFacts(1, "science", "Ask science", mailbox="questions")
HOUR = SessionFacts(
    7, LINE, "The weather", NOON - timedelta(minutes=5), NOON + timedelta(minutes=55),
    SessionState.OPEN, expert="Doctor Storm",
)  # fmt: skip
NEXT = replace(
    HOUR,
    id=8,
    topic="The stars",
    starts_at=NOON + timedelta(days=1, hours=7),
    ends_at=NOON + timedelta(days=1, hours=8),
    state=SessionState.SCHEDULED,
)
HALL = Place("hall-7", Role.LISTENER, hall=True)
ASIDE = Place("aside-q1", Role.SPEAKER)
QUESTION = LateQuestion(
    "m1", Path("/voicemail/m1.wav"), NOON - timedelta(days=1), 6.0, CALLER, "5550100"
)
ANSWER = Answer("a1", Path("/answers/a1.wav"), 30.0, Path("/voicemail/m1.wav"), 6.0)


class HallCall(SimulatedCall):
    """Notes the rooms that it was in, each for a minute unless it is told otherwise."""

    def __init__(self, script: Script, caller: Party, outcomes: Sequence[RoomOutcome]) -> None:
        self.clock = SimulatedClock(NOON)
        super().__init__(self.clock, script, caller, "100")
        self.rooms: list[tuple[str, Role, bool]] = []
        self.music: list[str] = []
        """What was heard in each until the moderator came."""
        self._outcomes = deque(outcomes)

    def conference(
        self,
        room: str,
        role: Role,
        *,
        hall: bool = False,
        wait_for_moderator: bool = False,
        music: Prompt | None = None,
    ) -> RoomOutcome:
        self.rooms.append((room, role, hall))
        self.music.append(music.text if music and wait_for_moderator else "")
        outcome = self._outcomes.popleft() if self._outcomes else RoomOutcome.SHOWN_OUT
        if outcome is not RoomOutcome.SHOWN_OUT:
            return outcome
        return super().conference(room, role, hall=hall)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a call."""

    call: HallCall
    run: Run
    lines: SimulatedExpertLines

    @property
    def all(self) -> str:
        return " ".join(self.call.heard)

    @property
    def event(self) -> str:
        return self.run.trace[0].event

    @property
    def detail(self) -> Mapping[str, Any]:
        return self.run.trace[0].detail


def simulated(
    session: SessionFacts | None = HOUR, coming: SessionFacts | None = NEXT, **facts: Any
) -> SimulatedExpertLines:
    return SimulatedExpertLines({"science": LineNow(LINE, session, coming)}, **facts)


def ring(
    lines: SimulatedExpertLines,
    step: str = "{line: science, question: z}",
    *,
    keys: Sequence[str] = (),
    speaks: Sequence[float] = (),
    hangs_up: float | None = None,
    caller: Party = CALLER,
    language: str = "en",
    outcomes: Sequence[RoomOutcome] = (),
    speech: Speech | None = None,
) -> Heard:
    """`step` is the verb's value in YAML; "z" is where questions are left."""
    script = Script(keys=deque(keys), hangs_up=hangs_up, messages=deque(speaks))
    call = HallCall(script, caller, outcomes)
    ports = Ports(
        speech=speech or SimulatedSpeech(),
        queries=SimulatedQueries({}),
        http=SimulatedHttp(),
        directory=SimulatedDirectory(),
        clock=call.clock,
        recordings=Recordings(Path("/simulated")),
        facts=FACTS,
        services={ExpertLines: lines},
    )
    run = run_flow(flow_of(step), call, ports, flows=lambda name: None, language=language)
    return Heard(call, run, lines)


def flow_of(step: str) -> Flow:
    z = "  z: {say: Speak}\n" if "question" in step else ""
    text = f"flow: main\nstart: a\nsteps:\n  a: {{expert: {step}}}\n{z}"
    return load_flow(text, "main.yaml", EVERYTHING, TABLE)
