"""Meetings and guests as organisers write them: on the command line, in the panel."""

from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from ivr_flows.ports import Role
from lines.dialling.number import normalised
from lines.errors import NumberOdd
from lines.meetings.errors import MeetingInvalid
from lines.people.entry import MAIL

LONGEST_MINUTES = 24 * 60
MOST_BEFORE = 30 * 24 * 60
"""Minutes: nobody is reminded a month ahead."""
Faulty = TypeVar("Faulty", bound=BaseModel)


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("expected one line of letters, digits and signs")
    return text.strip()


Line = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
Before = Annotated[int, Field(ge=0, le=MOST_BEFORE)]


class _Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MeetingEntry(_Plain):
    title: Annotated[Line, Field(min_length=1)]
    room: Annotated[str, Field(min_length=1, max_length=64)]
    """Name of a conference room."""
    starts_at: AwareDatetime
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)] = 60
    organiser: Annotated[str, Field(max_length=64)] = ""
    """A person's name."""
    language: Literal["en", "zh", "yue"] = "en"


class GuestEntry(_Plain):
    """A person of the paper, or a number, an address, or both."""

    name: Line = ""
    person: Annotated[str, Field(max_length=64)] = ""
    number: Annotated[str, Field(max_length=40)] = ""
    mail: Annotated[str, Field(pattern=MAIL)] = ""
    role: Role = Role.SPEAKER
    call_before: Before = 0
    """Minutes before the start at which they are reminded by phone; 0: not at all."""
    mail_before: Before = 0
    dial_out: bool = False
    """Whether they are called when it begins."""

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.person and (self.number or self.mail):
            raise ValueError("a person's own number and address count: leave number and mail out")
        if not (self.person or self.number or self.mail):
            raise ValueError("expected a person, a number or a mail address")
        if (self.call_before or self.dial_out) and not (self.person or self.number):
            raise ValueError("to be called, a guest needs a number")
        if self.mail_before and not (self.person or self.mail):
            raise ValueError("to be reminded by mail, a guest needs an address")
        return self


def checked_meeting(**facts: Any) -> MeetingEntry:
    """Raises `MeetingInvalid` with every fault."""
    return _checked(MeetingEntry, facts)


def checked_guest(country: str, **facts: Any) -> GuestEntry:
    """`country` (ISO 3166) is for numbers in national form. Raises `MeetingInvalid`."""
    entry = _checked(GuestEntry, facts)
    try:
        if entry.number:
            normalised(entry.number, country)
    except NumberOdd as odd:
        raise MeetingInvalid([f"number: {entry.number!r}: {odd}"]) from odd
    return entry


def _checked(kind: type[Faulty], facts: dict[str, Any]) -> Faulty:
    try:
        return kind.model_validate(facts)
    except ValidationError as error:
        raise MeetingInvalid([_fault(one) for one in error.errors()]) from error


def _fault(one: Any) -> str:
    place = ".".join(map(str, one["loc"]))
    text = str(one["msg"]).removeprefix("Value error, ")
    return f"{place}: {text}, given {str(one.get('input'))[:60]!r}" if place else text
