"""What stands at the top of a flow file, and beside the verb of each step."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from ivr_flows.problem import nearest, one_of, quoted
from ivr_flows.quantities import SEVERAL, Name, StepName, Variable, Word, wrong
from ivr_flows.world import LoadContext

MAX_STEPS = 500
"""Steps of one flow; what is larger is two flows."""
STRICT = ConfigDict(frozen=True, extra="forbid")


class Head(BaseModel):
    """The top of a flow."""

    model_config = STRICT

    flow: Name
    """The flow's name."""
    title: Word = ""
    """What people call it."""
    language: Word = "en"
    """The language of texts that name none, and of a call at its start."""
    voice: dict[Word, Word] = Field(default_factory=dict)
    """Language to voice, where it is not the usual one."""
    start: StepName
    """The first step."""
    takes: Annotated[tuple[Variable, ...], SEVERAL] = ()
    """Variables that another flow must hand in."""
    on: dict[Name, StepName] = Field(default_factory=dict)
    """Event to step, for steps that say nothing themselves; above all `error`."""
    note: Word = ""
    """For people."""
    steps: Annotated[dict[str, Any], Field(min_length=1, max_length=MAX_STEPS)]
    """Name to step."""
    tests: list[Any] = Field(default_factory=list)
    """Test calls."""

    @field_validator("language")
    @classmethod
    def _known(cls, language: str, info: ValidationInfo) -> str:
        context: LoadContext = info.context  # type: ignore[assignment]
        if language not in context.languages:
            raise wrong(
                f"unknown language {quoted(language)}, expected one of {one_of(context.languages)}",
                nearest(language, context.languages),
            )
        return language


class Frame(BaseModel):
    """The keys that every step may have beside its verb."""

    model_config = STRICT

    next: StepName | None = None
    """The step that follows; the flow ends if not given."""
    on: dict[Name, StepName] = Field(default_factory=dict)
    """Event to step."""
    note: Word = ""
    """For people."""
