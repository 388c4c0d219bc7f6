"""A conference room as administrators write it: in YAML, on the command line, in the panel."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lines.errors import RoomInvalid
from store.models.room import Announce

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
# A name never looks like a number, so that both can be asked for in one way.
Number = Annotated[str, Field(pattern=r"^[0-9]{1,15}$")]
MOST = 400
"""What the switch's profile for large rooms takes (docs/freeswitch.md, point 5)."""


class Entry(BaseModel):
    """A room; the PINs are no part of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    title: Annotated[str, Field(max_length=200)] = ""
    numbers: tuple[Number, ...] = ()
    language: Literal["en", "zh", "yue"] = "en"
    open: Literal["", "listener", "speaker"] = ""
    """As what callers come in without a PIN; a moderator never does."""
    wait_for_moderator: bool = False
    ends_with_moderator: bool = False
    announce: Announce = Announce.TONE
    muted: bool = False
    most_members: Annotated[int, Field(ge=2, le=MOST)] = 50
    record: bool = False
    music: Annotated[str, Field(pattern=r"^([A-Za-z][A-Za-z0-9_-]{0,63})?$")] = ""


def checked(**facts: Any) -> Entry:
    """Raises `RoomInvalid` with every fault."""
    try:
        return Entry.model_validate(facts)
    except ValidationError as error:
        raise RoomInvalid([_fault(one) for one in error.errors()]) from error


def _fault(one: Any) -> str:
    place = ".".join(map(str, one["loc"]))
    return f"{place}: {one['msg']}, given {str(one.get('input'))[:60]!r}"
