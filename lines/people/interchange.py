"""People as a section of the paper's YAML file.

people:
  anna:
    title: Anna Berg
    mail: anna@paper.example
    numbers:
      - {kind: phone, number: "200", ring_seconds: 15}
      - {kind: outside, number: "0171 1234567"}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lines.people import records
from lines.people.entry import Entry, odd_numbers
from store.errors import Mistake
from store.yaml_reading import Reading

SECTION = "people"


@dataclass(slots=True)
class Content:
    """What a document holds of people."""

    entries: list[Entry] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def gather(document: Any, file: str, country: str) -> Content:
    """The section, with every mistake; `country` (ISO 3166) is for numbers in national form."""
    reading = Reading(document, file)
    if not isinstance(document, Mapping):
        return Content()
    named = reading.entries(SECTION)
    found = [reading.valid(Entry, (SECTION, name), entry) for name, entry in named]
    entries = [entry for entry in found if entry]
    _check_numbers(reading, entries, country)
    return Content(entries, reading.mistakes)


def keep(content: Content) -> int:
    """Add people, or change those of the same name; how many. In the caller's transaction."""
    records.keep(content.entries)
    return len(content.entries)


def section() -> Mapping[str, Any]:
    """All people as data. What is as usual is left out."""
    return {
        name: entry.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
        for name, entry in records.entries().items()
    }


def _check_numbers(reading: Reading, entries: Sequence[Entry], country: str) -> None:
    for entry in entries:
        for at, why in odd_numbers(entry, country):
            reading.mistake((SECTION, entry.name, "numbers", at, "number"), why)
