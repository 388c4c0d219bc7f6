"""Mailboxes as a section of the paper's YAML file.

mailboxes:
  desk:
    title: the news desk
    shared: true
    numbers: ["801"]
    greetings: {standard: "You have reached the news desk."}
    hours: {mon-fri: "09:00-18:00"}
    keep_days: 30
    phones: ["200"]
    mail: [{to: desk@paper.example, attach: mp3}]
    webhooks: [{url: "https://paper.example/hook", secret: "a long secret"}]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store.errors import Mistake
from store.yaml_reading import Reading
from voicemail.boxes import records
from voicemail.boxes.entry import HIDDEN, Entry

SECTION = "mailboxes"


@dataclass(slots=True)
class Content:
    """What a document holds for the mailboxes."""

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
    _check_secrets(reading, entries)
    return Content(entries, reading.mistakes)


def keep(content: Content) -> int:
    """Add mailboxes, or change those of the same name; how many. In the caller's transaction."""
    records.keep(content.entries)
    return len(content.entries)


def section() -> Mapping[str, Any]:
    """All mailboxes as data; secrets are not given out. What is as usual is left out."""
    return {
        name: entry.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
        for name, entry in records.entries().items()
    }


def _check_numbers(reading: Reading, entries: Sequence[Entry]) -> None:
    """A number leads to one mailbox, of the file or of the store."""
    here = {entry.name for entry in entries}
    owners = {number: name for number, name in records.owners().items() if name not in here}
    for entry in entries:
        for at, number in enumerate(entry.numbers):
            owner = owners.setdefault(number, entry.name)
            if owner != entry.name:
                place = (SECTION, entry.name, "numbers", at)
                reading.mistake(place, f'{number} belongs to mailbox "{owner}"')


def _check_secrets(reading: Reading, entries: Sequence[Entry]) -> None:
    """`***` stands for the secret that is kept for the very same address."""
    kept = records.entries()
    for entry in entries:
        before = {hook.url for hook in kept[entry.name].webhooks} if entry.name in kept else set()
        for at, hook in enumerate(entry.webhooks):
            if hook.secret == HIDDEN and hook.url not in before:
                what = "*** stands for a secret kept with this very address; there is none"
                reading.mistake((SECTION, entry.name, "webhooks", at, "secret"), what)
