"""What a running step may use: texts, variables, and the ports of its call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from ivr_flows.conditions import Condition
from ivr_flows.errors import FlowFinished, StepFailed
from ivr_flows.flow import Flow
from ivr_flows.ports import Call, Ports, Prompt, Recording
from ivr_flows.templates import Template
from ivr_flows.text import Foreign, Recorded, Text
from ivr_flows.trace import Run, StepRecord
from ivr_flows.value import Value, bounded

if TYPE_CHECKING:
    from pathlib import Path

Service = TypeVar("Service")

MAX_VARIABLES = 200
MAX_TAGS = 50
MAX_DETAIL = 500
"""Longest piece of a trace, in characters."""


@dataclass(slots=True)
class Session:
    """One call's run, shared by a flow and its sub-flows."""

    call: Call
    ports: Ports
    flows: Callable[[str], Flow | None]
    run: Run
    chance: Callable[[], float]
    call_flow: "Callable[[Session, str, dict[str, Any]], dict[str, Any]]"
    on_step: Callable[[StepRecord], None] | None
    on_store: Callable[[str, Any], None] | None
    steps_left: int
    deadline: float
    """Seconds since the epoch."""
    depth: int = 0
    errors: int = 0
    recorded: int = 0
    answered: bool = False

    def write(self, record: StepRecord) -> None:
        """Add a row to the trace and tell whoever looks on."""
        self.run.trace.append(record)
        if self.on_step:
            self.on_step(record)


@dataclass(slots=True)
class Context:
    """One flow's view of the session, with its own variables."""

    session: Session
    flow: Flow
    names: dict[str, Any]
    stored: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    """What the present step did, for the trace."""

    @property
    def ports(self) -> Ports:
        return self.session.ports

    @property
    def language(self) -> str:
        return self.session.run.language

    def answer(self) -> None:
        """Answer the call, once. Raises `CallError`."""
        if not self.session.answered:
            self.session.answered = True
            self.session.call.answer()

    def finish(self) -> NoReturn:
        """End the whole run, from a sub-flow too."""
        raise FlowFinished

    def fail(self, message: str) -> NoReturn:
        raise StepFailed(message)

    def set_language(self, language: str) -> None:
        self.session.run.language = language
        self.names["language"] = language

    def now(self) -> datetime:
        return self.session.ports.clock.now()

    def seconds_since(self, moment: datetime) -> float:
        """Never below 0, though a clock may be set back."""
        return max(0.0, self.now().timestamp() - moment.timestamp())

    def prompts(self, text: Text | None, language: str = "") -> list[Prompt]:
        """What the caller is to hear, in `language` or the call's.

        Raises `TextFailed`, `SpeechFailed`.
        """
        prompts = self.voiced(text, language)
        if text is not None:
            self.note("said", " ".join(prompt.text for prompt in prompts))
        return prompts

    def voiced(self, text: Text | None, language: str = "") -> list[Prompt]:
        """The same for others than the caller: not noted as said to him."""
        if text is None:
            return []
        wanted = language or self.language
        language, pieces = text.version(wanted, self.flow.language)
        prompts: list[Prompt] = []
        for piece in pieces:
            if isinstance(piece, Recorded):
                prompts.append(self.ports.speech.recording(piece.prompt, wanted))
            elif isinstance(piece, Foreign):
                words = self.render(piece.words, piece.language)
                prompts += self.speak(words, piece.language)
            else:
                prompts += self.speak(self.render(piece, language), language)
        return prompts

    def sentence(self, versions: Mapping[str, str], language: str = "") -> list[Prompt]:
        """A sentence of the engine's or a step's own, in `language` or the call's."""
        wanted = language or self.language
        known = wanted if wanted in versions else "en"
        return self.speak(versions[known], known)

    def speak(self, text: str, language: str) -> list[Prompt]:
        """What to play for ready words. Raises `SpeechFailed`."""
        if not text:
            return []
        return list(self.ports.speech.say(text, language, self.flow.voices.get(language, "")))

    def render(self, template: Template, language: str = "") -> str:
        return template.render(self._names(template.reads), language or self.language)

    def value(self, value: Value) -> Any:
        return value.of(self._names(value.reads), self.language)

    def holds(self, condition: Condition) -> bool:
        return condition.holds(self._names(condition.reads))

    def _names(self, reads: frozenset[str]) -> dict[str, Any]:
        if "now" in reads:
            self.names["now"] = self.now()
        return self.names

    def store(self, name: str | None, value: Any) -> None:
        """Set a variable; what is too large is cut. Raises `StepFailed`."""
        if name is None:
            return
        if len(self.stored) >= MAX_VARIABLES and name not in self.stored:
            raise StepFailed(f"more than {MAX_VARIABLES} variables")
        self.stored[name] = self.names[name] = bounded(value)
        if self.session.on_store:
            self.session.on_store(name, self.stored[name])

    def note(self, what: str, value: Any) -> None:
        """Keep something for the trace; said and keyed twice, both are kept."""
        text = value if isinstance(value, int | float | bool) else str(value)[:MAX_DETAIL]
        before = self.detail.get(what)
        if isinstance(before, str) and before and isinstance(text, str):
            text = f"{before} | {text}"[:MAX_DETAIL]
        self.detail[what] = text

    def tag(self, tag: str) -> None:
        tags = self.session.run.tags
        if tag and tag not in tags and len(tags) < MAX_TAGS:
            tags.append(tag[:64])

    def service(self, protocol: type[Service]) -> Service:
        """What implements a domain's protocol. Raises `StepFailed` where the box has none."""
        found = self.ports.services.get(protocol)
        if found is None:
            raise StepFailed(f"this box has no {protocol.__name__}")
        served: Service = found
        return served

    def recording_path(self) -> "Path":
        self.session.recorded += 1
        return self.ports.recordings.path(self.session.call.id, self.session.recorded)

    def keep(self, recording: Recording) -> None:
        self.session.run.recordings.append(recording)

    def call_flow(self, name: str, given: dict[str, Any]) -> dict[str, Any]:
        """Run a sub-flow; returns the variables that it set. Raises `StepFailed`."""
        return self.session.call_flow(self.session, name, given)
