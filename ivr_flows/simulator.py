"""The whole world of a flow in memory, for try-outs, for test calls and for unit tests."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ivr_flows.engine import OnStep, run_flow
from ivr_flows.flow import Flow
from ivr_flows.ports import (
    BridgeOutcome,
    HttpReply,
    Party,
    Ports,
    Prompt,
    Queries,
    QueryOutcome,
    QueryResult,
    Reach,
    Recordings,
    Speech,
    SpeechFailed,
    Target,
    Tried,
)
from ivr_flows.script import Script, SimulatedClock
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.trace import Run
from ivr_flows.trial import FORBIDDEN, Press, Trial

NOON = datetime(2027, 5, 3, 12, 0).astimezone()
"""When a simulated call comes if nobody says: a Monday."""
FACTS: Mapping[str, Any] = {"paper": {"name": "Daily", "currency": "EUR"}}
NOWHERE = Path("/simulated")


@dataclass(slots=True)
class SimulatedSpeech:
    """Says everything; `[name]` is heard for a recording."""

    prompts: Collection[str] | None = None

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        return [Prompt(NOWHERE / "say.wav", text)] if text else []

    def recording(self, name: str, language: str) -> Prompt:
        if self.prompts is not None and name not in self.prompts:
            raise SpeechFailed(f"there is no recording {name!r}")
        return Prompt(NOWHERE / f"{name}.wav", f"[{name}]")


@dataclass(slots=True)
class SimulatedQueries:
    """Finds what it was told to find."""

    results: Mapping[str, Any]
    asked: list[str] = field(default_factory=list)

    def run(self, name: str, parameters: Mapping[str, Any]) -> QueryResult:
        self.asked.append(name)
        found = self.results.get(name, "error")
        if isinstance(found, str):
            return QueryResult(QueryOutcome(found), error=f"no result is given for {name!r}")
        rows = [found] if isinstance(found, Mapping) else found
        return QueryResult(QueryOutcome.OK if rows else QueryOutcome.EMPTY, rows)


@dataclass(slots=True)
class SimulatedHttp:
    """Answers by the beginning of the URL; status 0 is no reply in time."""

    statuses: Mapping[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def request(
        self,
        method: str,
        url: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        limit_seconds: float,
    ) -> HttpReply:
        self.asked.append(f"{method} {url}")
        status = next((s for start, s in self.statuses.items() if url.startswith(start)), 200)
        return HttpReply(status, data={}, timed_out=status == 0)


@dataclass(slots=True)
class SimulatedDirectory:
    """Knows everybody, or those named."""

    known: Collection[str] | None = None
    forbidden: Collection[str] = ()
    """Of them, those whom the dialling rules forbid."""
    settled: list[tuple[str, BridgeOutcome | None]] = field(default_factory=list)
    """What became of whom; None: not rung."""

    def reach(self, name: str, asked_by: str, call_id: str) -> Reach:
        if self.known is not None and name not in self.known:
            return Reach()
        if name in self.forbidden:
            return Reach(refused=f"{name} is forbidden")
        return Reach([Target("user", name, name)])

    def settle(self, targets: Sequence[Target], tried: Tried) -> None:
        outcomes = dict(tried)
        self.settled += [(target.name, outcomes.get(target)) for target in targets]


@dataclass(slots=True)
class Simulation:
    """One simulated call and all that it touched."""

    call: SimulatedCall
    run: Run
    asked: list[str]


def simulate(
    flow: Flow,
    trial: Trial,
    *,
    flows: Callable[[str], Flow | None] = lambda name: None,
    facts: Mapping[str, Any] = FACTS,
    directory: Collection[str] | None = None,
    services: Mapping[type, Any] = MappingProxyType({}),
    on_step: OnStep | None = None,
) -> Simulation:
    """Run `flow` as the trial's caller would; the trial's expectations are not looked at."""
    clock = SimulatedClock(moment_of(trial))
    queries = SimulatedQueries(trial.with_)
    ports = ports_of(trial, clock, SimulatedSpeech(), queries, facts, directory, services)
    call = SimulatedCall(clock, script_of(trial), caller_of(trial), trial.dialed)
    run = run_flow(
        flow,
        call,
        ports,
        flows=flows,
        on_step=on_step,
        language=trial.language or "",
        given=dict(trial.given),
        chance=lambda: trial.chance,
    )
    return Simulation(call, run, queries.asked)


def ports_of(
    trial: Trial,
    clock: SimulatedClock,
    speech: Speech,
    queries: Queries,
    facts: Mapping[str, Any],
    directory: Collection[str] | None,
    services: Mapping[type, Any],
) -> Ports:
    """The world of a trial's call."""
    return Ports(
        speech=speech,
        queries=queries,
        http=SimulatedHttp(trial.replies),
        directory=SimulatedDirectory(directory, _forbidden(trial)),
        clock=clock,
        recordings=Recordings(NOWHERE),
        facts=facts,
        services=services,
    )


def caller_of(trial: Trial) -> Party:
    return Party(trial.caller, withheld=not trial.caller)


def moment_of(trial: Trial) -> datetime:
    if trial.at is None:
        return NOON
    return trial.at if trial.at.tzinfo else trial.at.astimezone()


def script_of(trial: Trial) -> Script:
    presses = sorted(_presses(trial), key=lambda press: press.at)
    return Script(
        keys=deque(entry for entry in trial.keys if isinstance(entry, str)),
        presses=deque(presses),
        hangs_up=trial.hangs_up,
        outcomes=_outcomes(trial),
        messages=deque(trial.speaks),
    )


def _forbidden(trial: Trial) -> Collection[str]:
    return {name for name, answer in trial.answers.items() if answer == FORBIDDEN}


def _outcomes(trial: Trial) -> Mapping[str, BridgeOutcome]:
    answers = trial.answers.items()
    return {name: answer for name, answer in answers if isinstance(answer, BridgeOutcome)}


def _presses(trial: Trial) -> Iterator[Press]:
    return (entry for entry in trial.keys if isinstance(entry, Press))
