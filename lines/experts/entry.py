"""Expert lines and their sessions as people write them: in YAML, on the command line, the panel."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from lines.errors import ExpertLineInvalid, LinesError, SessionInvalid
from store.hours import Weekly

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Language = Literal["en", "zh", "yue"]
Recorded = Annotated[str, Field(pattern=r"^([A-Za-z][A-Za-z0-9_-]{0,63})?$")]
"""One of the paper's own recordings, by name; empty for none."""
Spoken = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)]
MOST_LISTENERS = 380
"""A hall of the switch holds 400 (docs/freeswitch.md, point 5), hosts and experts among them."""
SHORTEST, LONGEST = 5, 240
"""Minutes."""


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LineEntry(_Plain):
    """A line on which experts answer callers."""

    name: Name
    title: Annotated[str, Field(max_length=200)] = ""
    language: Language = "en"
    mailbox: Annotated[str, Field(max_length=64)] = ""
    music: Recorded = ""
    callback_hours: Weekly = None


def _all_different(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    if len(set(languages)) != len(languages):
        raise ValueError("a language stands there twice")
    return languages


class SessionEntry(_Plain):
    """One hour. PINs are no part of it."""

    line: str
    topic: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    expert: Annotated[str, Field(min_length=1)]
    """The person's name; likewise the host's."""
    host: str = ""
    starts_at: AwareDatetime
    minutes: Annotated[int, Field(ge=SHORTEST, le=LONGEST)] = 60
    introduction: Spoken = ""
    consent: Spoken = ""
    languages: Annotated[
        tuple[Language, ...], Field(max_length=3), AfterValidator(_all_different)
    ] = ()
    """None: that of the line."""
    listeners: Annotated[int, Field(ge=0, le=MOST_LISTENERS)] = 300
    record: bool = True
    call_expert: bool = True
    jingle: Recorded = ""


M = TypeVar("M", bound=BaseModel)


def checked_line(**facts: Any) -> LineEntry:
    """Raises `ExpertLineInvalid` with every fault."""
    return _checked(LineEntry, facts, ExpertLineInvalid)


def checked_session(**facts: Any) -> SessionEntry:
    """Raises `SessionInvalid` with every fault."""
    return _checked(SessionEntry, facts, SessionInvalid)


def _checked(
    model: type[M], facts: dict[str, Any], invalid: Callable[[Sequence[str]], LinesError]
) -> M:
    try:
        return model.model_validate(facts)
    except ValidationError as error:
        raise invalid([_fault(one) for one in error.errors()]) from error


def _fault(one: Any) -> str:
    place = ".".join(map(str, one["loc"]))
    text = str(one["msg"]).removeprefix("Value error, ")
    return f"{place}: {text}, given {str(one.get('input'))[:60]!r}"
