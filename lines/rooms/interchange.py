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
from dataclasses import dataclass, field
from typing import Any

from lines.rooms import records
from lines.rooms.entry import Entry
from store.errors import Mistake
from store.yaml_reading import Reading

SECTION = "rooms"


@dataclass(slots=True)
class Content:
    """What a document holds of rooms."""

    entries: list[Entry] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def gather(document: Any, file: str) -> Content:
    """The section, with every mistake; sections of others are left to them."""
    reading = Reading(document, file)
    if not isinstance(document, Mapping):
        return Content()
    named = reading.entries(SECTION)
    found = [reading.valid(Entry, (SECTION, name), entry) for name, entry in named]
    entries = [entry for entry in found if entry]
    _check_numbers(reading, entries)
    return Content(entries, reading.mistakes)


def keep(content: Content) -> int:
    """Add rooms, or change those of the same name; how many. In the caller's transaction."""
    records.keep(content.entries)
    return len(content.entries)


def section() -> Mapping[str, Any]:
    """All rooms as data. What is as usual is left out; PINs are not given out."""
    return {
        name: entry.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
        for name, entry in records.entries().items()
    }


def _check_numbers(reading: Reading, entries: Sequence[Entry]) -> None:
    """A number leads to one room, of the file or of the store."""
    here = {entry.name for entry in entries}
    owners = {number: name for number, name in records.owners().items() if name not in here}
    for entry in entries:
        for at, number in enumerate(entry.numbers):
            owner = owners.setdefault(number, entry.name)
            if owner != entry.name:
                place = (SECTION, entry.name, "numbers", at)
                reading.mistake(place, f'{number} belongs to room "{owner}"')
