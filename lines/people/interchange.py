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
from functools import partial
from typing import Any

from lines.people import records
from lines.people.entry import Entry, odd_numbers
from store.yaml_reading import Reading
from store.yaml_section import Content, gathered, given_out

SECTION = "people"


def gather(document: Any, file: str, country: str) -> Content[Entry]:
    """The section, with every mistake; `country` (ISO 3166) is for numbers in national form."""
    return gathered(document, file, SECTION, Entry, partial(_check_numbers, country))


def keep(content: Content[Entry]) -> int:
    """Add people, or change those of the same name; how many. In the caller's transaction."""
    records.keep(content.entries)
    return len(content.entries)


def section() -> Mapping[str, Any]:
    """All people as data. What is as usual is left out."""
    return given_out(records.entries())


def _check_numbers(country: str, reading: Reading, entries: Sequence[Entry]) -> None:
    for entry in entries:
        for at, why in odd_numbers(entry, country):
            reading.mistake((SECTION, entry.name, "numbers", at, "number"), why)
