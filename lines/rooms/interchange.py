"""Conference rooms as a section of the paper's YAML file.

rooms:
  planning:
    title: the planning conference
    numbers: ["701"]
    open: listener
    wait_for_moderator: true
    announce: name
    most_members: 20
"""

from collections.abc import Mapping, Sequence
from typing import Any

from lines.rooms import records
from lines.rooms.entry import Entry
from store.yaml_reading import Reading
from store.yaml_section import Content, check_numbers, gathered, given_out

SECTION = "rooms"


def gather(document: Any, file: str) -> Content[Entry]:
    """The section, with every mistake; sections of others are left to them."""
    return gathered(document, file, SECTION, Entry, _check_numbers)


def keep(content: Content[Entry]) -> int:
    """Add rooms, or change those of the same name; how many. In the caller's transaction."""
    records.keep(content.entries)
    return len(content.entries)


def section() -> Mapping[str, Any]:
    """All rooms as data. What is as usual is left out; PINs are not given out."""
    return given_out(records.entries())


def _check_numbers(reading: Reading, entries: Sequence[Entry]) -> None:
    check_numbers(reading, SECTION, entries, records.owners(), "room")
