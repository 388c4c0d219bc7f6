"""The base of every step: what a verb must say about itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from ivr_flows.conditions import Condition
from ivr_flows.ports import Call
from ivr_flows.problem import Fault, Path
from ivr_flows.templates import Template
from ivr_flows.text import Text
from ivr_flows.value import Value
from ivr_flows.world import World

if TYPE_CHECKING:
    from ivr_flows.context import Context

DONE = "done"
ERROR = "error"
Compiled = Text | Template | Value | Condition


@dataclass(frozen=True, slots=True)
class Event:
    """A way in which a step can end."""

    description: str
    otherwise: Literal["next", "error", "required"] = "error"
    """Where it goes when the flow does not say: on, to `on.error`, or refused when loaded."""


DONE_EVENT: Mapping[str, Event] = {DONE: Event("the step did its work", "next")}


class Step(BaseModel):
    """One verb with its fields. The docstring of a subclass is its description."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    verb: ClassVar[str]
    example: ClassVar[str]
    """A step in YAML, shown in the reference and loaded by a test."""
    events: ClassVar[Mapping[str, Event]] = DONE_EVENT
    shorthand: ClassVar[str] = ""
    """The field that `verb: value` fills."""
    always_short: ClassVar[bool] = False
    """True when the verb's value is never a mapping of fields."""
    answers: ClassVar[bool] = False
    """True when the call must be answered first."""
    audible: ClassVar[bool] = False
    """True when the caller hears or says something, so that a loop through it cannot spin."""
    goes_on: ClassVar[bool] = True
    """False when `next` could never be reached."""
    hands_over: ClassVar[frozenset[str]] = frozenset()
    """Events after which a flow that ends here ends as `transferred`."""
    reads_own: ClassVar[frozenset[str]] = frozenset()
    """Fields that are said after `store` is set."""
    refers: ClassVar[Mapping[str, str]] = {}
    """Field to the kind of thing whose name it holds: `query`, `mailbox` and so on, for editors."""
    sentences: ClassVar[Sequence[Mapping[str, str]]] = ()
    """What the step says in words of its own, by language; rendered before anybody calls."""

    @classmethod
    def shape(cls, value: Any) -> tuple[Any, str]:
        """The fields for a YAML value, and the field that a shorthand filled (or empty)."""
        if value is None and not cls.always_short:
            return {}, ""
        if cls.always_short or (cls.shorthand and not _has_fields(cls, value)):
            return {cls.shorthand: value}, cls.shorthand
        return value, ""

    def branches(self) -> Mapping[str, str]:
        """Event to step, for targets that stand inside the verb."""
        return {}

    def stores(self) -> frozenset[str]:
        """Variables that the step sets."""
        name = getattr(self, "store", None)
        return frozenset({name}) if name else frozenset()

    def check(self, world: World) -> list[Fault]:
        """Mistakes that need the world outside; paths begin at the verb's value."""
        return []

    def run(self, call: Call, context: "Context") -> str:
        """Do it; returns the event.

        Raises `StepFailed`, `TextFailed`, `SpeechFailed`, `CallError`.
        """
        raise NotImplementedError

    def compiled(self) -> Iterator[tuple[Path, Compiled]]:
        """Every text, value and condition in the step, with its place."""
        yield from _compiled(self, ())


def field_keys(model: type[BaseModel]) -> dict[str, str]:
    """The word in YAML for each field, and the field's name."""
    return {field.alias or name: name for name, field in model.model_fields.items()}


def _has_fields(step: type[Step], value: Any) -> bool:
    known = field_keys(step)
    return isinstance(value, dict) and (not value or any(key in known for key in value))


def _compiled(value: Any, path: Path) -> Iterator[tuple[Path, Compiled]]:
    if isinstance(value, Compiled):
        yield path, value
    elif isinstance(value, BaseModel):
        for key, name in field_keys(type(value)).items():
            yield from _compiled(getattr(value, name), (*path, key))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _compiled(item, (*path, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _compiled(item, (*path, index))
