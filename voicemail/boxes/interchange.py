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
from typing import Any

from store.yaml_reading import Reading
from store.yaml_section import Content, check_numbers, gathered, given_out
from voicemail.boxes import records
from voicemail.boxes.entry import HIDDEN, Entry

SECTION = "mailboxes"


def gather(document: Any, file: str) -> Content[Entry]:
    """The section, with every mistake; sections of others are left to them."""
    return gathered(document, file, SECTION, Entry, _check_numbers, _check_secrets)


def keep(content: Content[Entry]) -> int:
    """Add mailboxes, or change those of the same name; how many. In the caller's transaction."""
    records.keep(content.entries)
    return len(content.entries)


def section() -> Mapping[str, Any]:
    """All mailboxes as data; secrets are not given out. What is as usual is left out."""
    return given_out(records.entries())


def _check_numbers(reading: Reading, entries: Sequence[Entry]) -> None:
    check_numbers(reading, SECTION, entries, records.owners(), "mailbox")


def _check_secrets(reading: Reading, entries: Sequence[Entry]) -> None:
    """`***` stands for the secret that is kept for the very same address."""
    kept = records.entries()
    for entry in entries:
        before = {hook.url for hook in kept[entry.name].webhooks} if entry.name in kept else set()
        for at, hook in enumerate(entry.webhooks):
            if hook.secret == HIDDEN and hook.url not in before:
                what = "*** stands for a secret kept with this very address; there is none"
                reading.mistake((SECTION, entry.name, "webhooks", at, "secret"), what)
