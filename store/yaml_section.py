"""A section of the paper's YAML file that has its entries by name: read, checked, given out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from store.errors import Mistake
from store.yaml_reading import Reading

E = TypeVar("E", bound=BaseModel)


@dataclass(slots=True)
class Content(Generic[E]):
    """What a document holds of a section."""

    entries: list[E] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def gathered(
    document: Any,
    file: str,
    section: str,
    model: type[E],
    *checks: Callable[[Reading, Sequence[E]], None],
) -> Content[E]:
    """The section, with every mistake; sections of others are left to them."""
    reading = Reading(document, file)
    if not isinstance(document, Mapping):
        return Content()
    named = reading.entries(section)
    found = [reading.valid(model, (section, name), entry) for name, entry in named]
    entries = [entry for entry in found if entry]
    for check in checks:
        check(reading, entries)
    return Content(entries, reading.mistakes)


def given_out(entries: Mapping[str, BaseModel]) -> Mapping[str, Any]:
    """As data, by name. What is as usual is left out."""
    return {
        name: entry.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
        for name, entry in entries.items()
    }


class Numbered(Protocol):
    """An entry that numbers lead to."""

    @property
    def name(self) -> str: ...
    @property
    def numbers(self) -> Sequence[str]: ...


def check_numbers(
    reading: Reading,
    section: str,
    entries: Sequence[Numbered],
    owners: Mapping[str, str],
    thing: str,
) -> None:
    """A number leads to one `thing`, of the file or, by `owners`, of the store."""
    here = {entry.name for entry in entries}
    taken = {number: name for number, name in owners.items() if name not in here}
    for entry in entries:
        for at, number in enumerate(entry.numbers):
            owner = taken.setdefault(number, entry.name)
            if owner != entry.name:
                place = (section, entry.name, "numbers", at)
                reading.mistake(place, f'{number} belongs to {thing} "{owner}"')
