"""Expert lines as a section of the paper's YAML file.

experts:
  science:
    title: Ask science
    language: en
    mailbox: science-questions
    callback_hours: {mon-fri: "09:00-20:00"}
"""

from collections.abc import Mapping, Sequence
from typing import Any

from lines.experts import records
from lines.experts.entry import LineEntry
from store.yaml_reading import Reading
from store.yaml_section import Content, gathered, given_out

SECTION = "experts"
MAILBOXES = "mailboxes"
"""The section that makes them."""


def gather(document: Any, file: str) -> Content[LineEntry]:
    """The section, with every mistake; sections of others are left to them."""
    return gathered(document, file, SECTION, LineEntry, _check_mailboxes)


def _check_mailboxes(reading: Reading, entries: Sequence[LineEntry]) -> None:
    """Of the same file, or of the store."""
    if not entries:
        return
    made = reading.document.get(MAILBOXES)
    known = records.mailbox_names() | set(made if isinstance(made, Mapping) else ())
    for entry in entries:
        if entry.mailbox and entry.mailbox not in known:
            reading.mistake((SECTION, entry.name, "mailbox"), records.no_mailbox(entry))


def keep(content: Content[LineEntry]) -> int:
    """Add lines, or change those of the same name; how many. In the caller's transaction."""
    records.keep(content.entries)
    return len(content.entries)


def section() -> Mapping[str, Any]:
    """All lines as data. What is as usual is left out; sessions and PINs are not given out."""
    return given_out(records.entries())
