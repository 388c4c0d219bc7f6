"""Who is in which conference room: FreeSWITCH's `json_list`, read with suspicion."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from esl.errors import WireError

MAX_TEXT = 256
"""Characters kept of a caller's name or number; more is nobody's name."""
MAX_NUMBER = 2**31


@dataclass(frozen=True, slots=True)
class Member:
    """One caller in a room. Names and numbers come from outside and are hostile."""

    number: int
    """In this room; never given twice while the room lives."""
    call_id: str
    name: str = ""
    caller: str = ""
    hears: bool = True
    speaks: bool = True
    talking: bool = False
    moderator: bool = False
    has_floor: bool = False
    energy: int = 0
    """Height above which the member counts as talking and is heard; 0 for always."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A room as the switch lists it."""

    name: str
    room_id: str
    """A room that ends and begins again under its name has another."""
    members: tuple[Member, ...] = ()
    """In the order in which they came."""
    locked: bool = False
    waits_for_moderator: bool = False
    recordings: tuple[str, ...] = ()
    """Paths of the files that are being written."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What programs have noted with the room: see `RoomControl.note`."""
    age: int = 0
    """Seconds since the first member came."""


def read_list(answer: str) -> tuple[Listed, ...]:
    """The rooms of a `json_list`. Raises `WireError` when it is none."""
    try:
        given = json.loads(answer)
    except (ValueError, RecursionError) as fault:
        raise WireError(f"a list of rooms cannot be read: {answer[:80]!r} ({fault})") from fault
    if not isinstance(given, list):
        raise WireError(f"a list of rooms was expected, not {answer[:80]!r}")
    return tuple(_room(row) for row in given if isinstance(row, dict))


def _room(row: Mapping[str, Any]) -> Listed:
    rows = [each for each in _list(row, "members") if isinstance(each, dict)]
    members = [_member(each) for each in rows if _count(each, "id")]
    notes = row.get("variables")
    return Listed(
        name=_text(row, "conference_name"),
        room_id=_text(row, "conference_uuid"),
        members=tuple(sorted(members, key=lambda member: member.number)),
        locked=row.get("locked") is True,
        waits_for_moderator=row.get("wait_mod") is True,
        recordings=_recordings(rows),
        notes={k: str(v) for k, v in notes.items()} if isinstance(notes, dict) else {},
        age=_count(row, "run_time"),
    )


def _recordings(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Recordings stand among the members (mod_conference.c, conference_jlist)."""
    found = [row for row in rows if row.get("type") == "recording_node"]
    return tuple(sorted(path for row in found if isinstance(path := row.get("record_path"), str)))


def _member(row: Mapping[str, Any]) -> Member:
    given = row.get("flags")
    flags = given if isinstance(given, dict) else {}
    return Member(
        number=_count(row, "id"),
        call_id=_text(row, "uuid"),
        name=_text(row, "caller_id_name"),
        caller=_text(row, "caller_id_number"),
        hears=flags.get("can_hear") is True,
        speaks=flags.get("can_speak") is True,
        talking=flags.get("talking") is True,
        moderator=flags.get("is_moderator") is True,
        has_floor=flags.get("has_floor") is True,
        energy=_count(row, "energy"),
    )


def _list(row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    return value if isinstance(value, list) else []


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value[:MAX_TEXT] if isinstance(value, str) else ""


def _count(row: Mapping[str, Any], key: str) -> int:
    value = row.get(key)
    return value if type(value) is int and 0 <= value < MAX_NUMBER else 0
