"""A test inside a flow: who calls, what is keyed, what must be heard."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from ivr_flows.ports import BridgeOutcome
from ivr_flows.problem import quoted
from ivr_flows.quantities import (
    PHONE_KEYS,
    SEVERAL,
    Duration,
    Name,
    Word,
    parse_duration,
    wrong,
)
from ivr_flows.scalars import as_text

FORBIDDEN: Final = "forbidden"
"""An answer of nobody's: the dialling rules do not let them be rung."""


class Press(BaseModel):
    """Keys pressed at a moment of the call, whatever is being said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Duration
    """Since the call began, in seconds."""
    press: str


def _parse_keys(value: Any) -> str | Press:
    if isinstance(value, dict) and set(value) == {"at", "press"}:
        return Press.model_construct(at=parse_duration(value["at"]), press=_keys(value["press"]))
    return _keys(value)


def _keys(value: Any) -> str:
    text = as_text(value)
    if not isinstance(text, str) or not set(text) <= PHONE_KEYS or len(text) > 64:
        raise wrong(f'bad keys {quoted(text)}, expected "1234#" or {{at: 3s, press: "1"}}')
    return text


def _moment(value: Any) -> Any:
    text = as_text(value)
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else text
    except ValueError as error:
        raise wrong(f"bad time {quoted(text)}, expected 2027-05-03 14:30") from error


Keys = Annotated[
    str | Press, PlainValidator(_parse_keys), WithJsonSchema({"type": ["string", "object"]})
]
Words = Annotated[tuple[Word, ...], SEVERAL]


class Trial(BaseModel):
    """One test call."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Word
    """What the test shows."""
    with_: dict[Name, Any] = Field(default_factory=dict, alias="with")
    """Query to what it finds: a list of rows, or `empty`, `stale`, `error`."""
    keys: Annotated[tuple[Keys, ...], SEVERAL] = ()
    """What the caller keys, one entry for each question; "" keys nothing."""
    speaks: Annotated[tuple[Duration, ...], SEVERAL] = ()
    """How long the caller speaks into a recording, or a list with one for each; else 5 seconds."""
    at: Annotated[datetime, BeforeValidator(_moment)] | None = None
    """When the call comes, by the paper's clock."""
    language: Word | None = None
    """The language in which the call begins, if not the flow's."""
    caller: Word = "5550100"
    """The caller's number; empty for withheld."""
    dialed: Word = "100"
    """The number that was called."""
    given: dict[Name, Any] = Field(default_factory=dict)
    """Values for the variables that the flow takes."""
    answers: dict[Word, BridgeOutcome | Literal["forbidden"]] = Field(default_factory=dict)
    """Name in the directory to how the call to it ends, or `forbidden` where the dialling rules
    do not allow it; `answered` if not given."""
    replies: dict[Word, int] = Field(default_factory=dict)
    """Beginning of a URL to the status of its reply; 200 if not given, 0 for none in time."""
    chance: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """What `random` draws, from 0 to 1."""
    hangs_up: Duration | None = None
    """When the caller hangs up, in seconds since the call began."""
    hears: Words = ()
    """What the caller must hear, in this order."""
    not_hears: Words = ()
    """What the caller must not hear."""
    ends: Word | None = None
    """The last step, or the end: finished, hung_up, transferred, failed."""
    dials: Words | None = None
    """The names that must be dialled, in this order."""
    asks: Words | None = None
    """The queries that must be asked, in this order."""
    tags: Words | None = None
    """The tags that the call must have."""
