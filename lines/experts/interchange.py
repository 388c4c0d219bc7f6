"""Expert lines as a section of the paper's YAML file.

experts:
  science:
    title: Ask science
    language: en
    mailbox: science-questions
    callback_hours: {mon-fri: "09:00-20:00"}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lines.experts import records
from lines.experts.entry import LineEntry
from store.errors import Mistake
from store.yaml_reading import Reading

SECTION = "experts"
MAILBOXES = "mailboxes"
"""The section that makes them."""


@dataclass(slots=True)
class Content:
    """What a document holds of expert lines."""

    entries: list[LineEntry] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


def gather(document: Any, file: str) -> Content:
    """The section, with every mistake; sections of others are left to them."""
    reading = Reading(document, file)
    if not isinstance(document, Mapping):
        return Content()
    named = reading.entries(SECTION)
    found = [reading.valid(LineEntry, (SECTION, name), entry) for name, entry in named]
    entries = [entry for entry in found if entry]
    _check_mailboxes(reading, entries)
    return Content(entries, reading.mistakes)


def _check_mailboxes(reading: Reading, entries: Sequence[LineEntry]) -> None:
    """Of the same file, or of the store."""
    if not entries:
        return
    made = reading.document.get(MAILBOXES)
    known = records.mailbox_names() | set(made if isinstance(made, Mapping) else ())
    for entry in entries:
        if entry.mailbox and entry.mailbox not in known:
            reading.mistake((SECTION, entry.name, "mailbox"), records.no_mailbox(entry))


def keep(content: Content) -> int:
    """Add lines, or change those of the same name; how many. In the caller's transaction."""
    records.keep(content.entries)
    return len(content.entries)


def section() -> Mapping[str, Any]:
    """All lines as data. What is as usual is left out; sessions and PINs are not given out."""
    return {
        name: entry.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
        for name, entry in records.entries().items()
    }
