"""Rooms, and who is in them, for the tests of their pages."""

from typing import Any

from lines.rooms import records
from lines.rooms.entry import checked
from store.models import ConferenceRoom


def a_room(name: str = "planning", **facts: Any) -> ConferenceRoom:
    records.create(checked(name=name, **facts))
    return ConferenceRoom.get(ConferenceRoom.name == name)


def member(number: int, **facts: Any) -> dict[str, Any]:
    usual = {
        "number": number, "call": f"call-{number}", "name": "", "caller": "", "role": "speaker",
        "muted": False, "talking": False, "hand": 0, "word": False,
    }  # fmt: skip
    return usual | facts


def state(*members: dict[str, Any], **facts: Any) -> dict[str, Any]:
    usual = {
        "room": "planning", "title": "", "locked": False, "recorded": False, "hushed": False,
        "members": list(members),
    }  # fmt: skip
    return usual | facts
