"""A person as administrators write them: in YAML, on the command line, in the panel."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from lines.dialling.number import PHONE, normalised
from lines.errors import NumberOdd, PersonInvalid
from store.models.line import NumberKind

MAIL = r"^([^\s\x00-\x1f@<>,;:\"\\]{1,64}@[^\s\x00-\x1f@<>,;:\"\\]{1,255})?$"
# A name never looks like a number, so that both can be asked for in one way.
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reached(_Plain):
    """One number of a person."""

    kind: NumberKind
    number: Annotated[str, Field(min_length=1, max_length=64)]
    ring_seconds: Annotated[float, Field(ge=1, le=300)] | None = None
    """None for what the flow says."""
    confirm: bool | None = None
    """Whether a key must be pressed to take the call; None: at outside numbers."""

    @property
    def asks(self) -> bool:
        return self.kind is NumberKind.OUTSIDE if self.confirm is None else self.confirm

    @model_validator(mode="after")
    def _is_a_phone(self) -> Self:
        if self.kind is NumberKind.PHONE and not PHONE.fullmatch(self.number):
            raise ValueError("expected a SIP user: letters, digits, _ . -")
        return self


class Person(_Plain):
    """Somebody of the paper, or one of its desk phones."""

    name: str
    title: Annotated[str, Field(max_length=200)] = ""
    language: Literal["en", "zh", "yue"] = "en"
    mail: Annotated[str, Field(pattern=MAIL)] = ""
    at_once: bool = False
    numbers: Annotated[tuple[Reached, ...], Field(max_length=10)] = ()


class Entry(Person):
    """A person of the store."""

    name: Slug


def checked(country: str, **facts: Any) -> Entry:
    """`country` (ISO 3166) is for numbers in national form. Raises `PersonInvalid`, every fault."""
    try:
        entry = Entry.model_validate(facts)
    except ValidationError as error:
        raise PersonInvalid([_fault(one) for one in error.errors()]) from error
    if odd := [f"numbers.{at}: {why}" for at, why in odd_numbers(entry, country)]:
        raise PersonInvalid(odd)
    return entry


def odd_numbers(person: Person, country: str) -> Iterator[tuple[int, str]]:
    """Those outside that could never be dialled: their places in `numbers`, and why."""
    for at, reached in enumerate(person.numbers):
        try:
            if reached.kind is NumberKind.OUTSIDE:
                normalised(reached.number, country)
        except NumberOdd as odd:
            yield at, f"{reached.number!r}: {odd}"


def _fault(one: Any) -> str:
    place = ".".join(map(str, one["loc"]))
    text = str(one["msg"]).removeprefix("Value error, ")
    return f"{place}: {text}, given {str(one.get('input'))[:60]!r}"
