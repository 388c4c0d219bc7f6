"""A mailbox as administrators write it: in YAML, on the command line, in the panel."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from store.hours import Weekly
from store.models.mailbox import Attach, GreetingKind
from voicemail.errors import BoxInvalid

HIDDEN = "***"
"""Stands for a secret that is kept here."""

# A name never looks like a number, so that both can be asked for in one way.
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
Number = Annotated[str, Field(pattern=r"^[0-9]{1,15}$")]
MAIL = r"^[^\s\x00-\x1f@<>,;:\"\\]{1,64}@[^\s\x00-\x1f@<>,;:\"\\]{1,255}$"
Address = Annotated[str, Field(pattern=MAIL)]
Url = Annotated[str, Field(pattern=r"^https?://[^\s\x00-\x1f@]{1,480}$")]
Words = Annotated[str, Field(min_length=1, max_length=2_000)]


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MailTo(_Plain):
    """Somebody who gets a mail of each message."""

    to: Address
    attach: Attach = Attach.MP3
    urgent_only: bool = False


class Webhook(_Plain):
    """A program that is told of each message."""

    url: Url
    secret: Annotated[str, Field(min_length=12, max_length=200)] | Literal["***"] = Field(
        repr=False
    )
    """Signs what is posted; `***` for the one that is kept."""
    urgent_only: bool = False


class Entry(_Plain):
    """A mailbox; the PIN is no part of it."""

    name: Name
    title: Annotated[str, Field(max_length=200)] = ""
    shared: bool = False
    numbers: tuple[Number, ...] = ()
    language: Literal["en", "zh", "yue"] = "en"
    greetings: dict[GreetingKind, Words] = Field(default_factory=dict)
    """Words to be spoken; those that were recorded stay when they are not named here."""
    hours: Weekly = None
    min_seconds: Annotated[float, Field(ge=0.5, le=60)] = 2.0
    max_seconds: Annotated[int, Field(ge=5, le=10_800)] = 180
    max_messages: Annotated[int, Field(ge=1, le=100_000)] = 500
    keep_days: Annotated[int, Field(ge=0, le=3_650)] = 0
    review: bool = True
    transcribe: bool = True
    phones: tuple[Number, ...] = ()
    mail: tuple[MailTo, ...] = ()
    webhooks: tuple[Webhook, ...] = ()


def checked(**facts: Any) -> Entry:
    """Raises `BoxInvalid` with every fault."""
    try:
        return Entry.model_validate(facts)
    except ValidationError as error:
        raise BoxInvalid([_fault(one) for one in error.errors()]) from error


def _fault(one: Any) -> str:
    place = ".".join(map(str, one["loc"]))
    given = "" if "secret" in place else f", given {str(one.get('input'))[:60]!r}"
    return f"{place}: {str(one['msg']).removeprefix('Value error, ')}{given}"
