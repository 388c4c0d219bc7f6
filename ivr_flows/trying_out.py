"""A flow tried out key by key: a simulated call that waits for whoever tries it.

Nothing is kept between two keys. Each one runs the call anew from its beginning, with all keys so
far: that takes milliseconds, comes out the same each time, and two who try never meet.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivr_flows.engine import run_flow
from ivr_flows.flow import Flow
from ivr_flows.ports import (
    CallEnded,
    DigitRule,
    Digits,
    Heard,
    Prompt,
    Queries,
    QueryResult,
    Recording,
    RecordRule,
    SpeechFailed,
)
from ivr_flows.script import SimulatedClock
from ivr_flows.simulated_call import SimulatedCall
from ivr_flows.simulator import (
    NOWHERE,
    SimulatedQueries,
    caller_of,
    moment_of,
    ports_of,
    script_of,
)
from ivr_flows.trace import Run, StepRecord
from ivr_flows.trial import Trial

MOST_HEARD = 500
"""Pieces of a transcript; a flow that goes round without a question ends there."""


class Waiting(BaseException):
    """Nobody has keyed an answer yet. Passes by whatever catches errors."""

    def __init__(self, keyed: str) -> None:
        super().__init__()
        self.keyed = keyed


@dataclass(frozen=True, slots=True)
class Said(Prompt):
    """A prompt that knows how it would be spoken."""

    language: str = ""
    voice: str = ""
    recording: str = ""
    """Name of the paper's own recording, instead of a text to say."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the transcript."""

    kind: str
    """`heard`, `keyed`, or `spoke` for what the caller said into a recording."""
    text: str
    seconds: float
    """Since the call began."""
    said: Said | None = None


@dataclass(slots=True)
class TryOut:
    """How far a try-out has come."""

    pieces: list[Piece] = field(default_factory=list)
    trace: list[StepRecord] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Queries."""
    waits: bool = False
    """Whether the call waits for a key; else it has ended."""
    keyed: str = ""
    """What of an answer has been keyed while it waits."""
    seconds: float = 0.0
    """Since the call began, by the simulated clock."""
    run: Run | None = None
    """The finished run; None while it waits."""


@dataclass(slots=True)
class TriedSpeech:
    prompts: Collection[str] | None = None
    """Names of the paper's own recordings; None: all are there."""

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        return [Said(NOWHERE, text, language=language, voice=voice)] if text else []

    def recording(self, name: str, language: str) -> Prompt:
        if self.prompts is not None and name not in self.prompts:
            raise SpeechFailed(f"there is no recording {name!r}")
        return Said(NOWHERE, f"[{name}]", language=language, recording=name)


@dataclass(slots=True)
class TriedQueries:
    """Finds what the trial gives; what it gives nothing for is asked of `real`."""

    given: Mapping[str, Any]
    real: Queries | None
    asked: list[str] = field(default_factory=list)

    def run(self, name: str, parameters: Mapping[str, Any]) -> QueryResult:
        self.asked.append(name)
        if name in self.given or self.real is None:
            return SimulatedQueries(self.given).run(name, parameters)
        return self.real.run(name, parameters)


class TriedCall(SimulatedCall):
    """Keeps a transcript, and waits where the script ends."""

    def __init__(self, clock: SimulatedClock, trial: Trial, typing: bool, seen: TryOut) -> None:
        super().__init__(clock, script_of(trial), caller_of(trial), trial.dialed)
        self._typing = typing
        self._is_last = False
        self._seen = seen

    def play(self, audio: Sequence[Prompt], *, barge_in: bool = True) -> None:
        for prompt in audio:
            if not (barge_in and self._typed):
                self._note("heard", prompt.text, prompt)
            super().play([prompt], barge_in=barge_in)

    def listen(self, prompt: Prompt, start: float = 0.0) -> Heard:
        if not self._typed:
            self._note("heard", prompt.text, prompt)
        return super().listen(prompt, start)

    def collect(self, audio: Sequence[Prompt], rule: DigitRule) -> Digits:
        digits = super().collect(audio, rule)
        if digits.keys or digits.finished_by:
            self._note("keyed", digits.keys + digits.finished_by)
        return digits

    def record(self, into: Any, rule: RecordRule) -> Recording:
        recording = super().record(into, rule)
        self._note("spoke", f"{recording.seconds:.0f}")
        return recording

    def _answer_question(self) -> None:
        if not self._typed and not self._script.keys and self._script.hangs_up is None:
            raise Waiting("")
        self._is_last = len(self._script.keys) == 1
        super()._answer_question()

    def _wait_for_key(self, keyed: str, seconds: float) -> None:
        if self._typing and self._is_last and keyed:
            raise Waiting(keyed)
        super()._wait_for_key(keyed, seconds)

    def _note(self, kind: str, text: str, prompt: Prompt | None = None) -> None:
        if len(self._seen.pieces) >= MOST_HEARD:
            raise CallEnded
        said = prompt if isinstance(prompt, Said) else None
        self._seen.pieces.append(Piece(kind, text, self._since(self._began), said))


def try_out(
    flow: Flow,
    trial: Trial,
    *,
    typing: bool,
    flows: Callable[[str], Flow | None],
    facts: Mapping[str, Any],
    services: Mapping[type, Any],
    prompts: Collection[str] | None = None,
    directory: Collection[str] | None = None,
    queries: Queries | None = None,
) -> TryOut:
    """Run `flow` with the trial's keys, to its end or until the caller must key something.

    `typing`: more keys may follow in the last answer of `trial.keys`.
    """
    seen = TryOut()
    clock = SimulatedClock(moment_of(trial))
    began = clock.time
    tried = TriedQueries(trial.with_, queries, seen.asked)
    call = TriedCall(clock, trial, typing, seen)
    try:
        seen.run = run_flow(
            flow,
            call,
            ports_of(trial, clock, TriedSpeech(prompts), tried, facts, directory, services),
            flows=flows,
            on_step=seen.trace.append,
            on_store=seen.variables.__setitem__,
            language=trial.language or "",
            given=dict(trial.given),
            chance=lambda: trial.chance,
        )
    except Waiting as waiting:
        seen.waits, seen.keyed = True, waiting.keyed
    seen.seconds = (clock.time - began).total_seconds()
    return seen
