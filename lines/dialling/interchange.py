"""Trunks and dialling rules as sections of the paper's YAML file; both in their order.

trunks:
  main: {host: "sip.provider.example", shows: "+49301234567", numbers: ["+49*"]}
  mobile: {host: "sip.other.example", user: "84930", password: "…", addresses: ["192.0.2.0/28"]}
  spare: {gateway: other, shows: nothing}
dialling:
  limits: {per_hour: 60, per_day: 300, each_per_hour: 10, each_per_day: 30}
  classes:
    mobile: {per_day: 100}
  rules:
    not-at-night: {refuse: true, classes: [mobile], hours: {mon-sun: "22:00-06:00"}}
    home: {to: ["+49*"], classes: [free, local, mobile]}
    neighbours: {countries: [AT, CH]}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lines.dialling import records
from lines.dialling.entry import DiallingEntry, OverallLimit, TrunkEntry
from store.errors import Mistake
from store.yaml_reading import Reading

TRUNKS = "trunks"
DIALLING = "dialling"
SECTIONS = (TRUNKS, DIALLING)


@dataclass(slots=True)
class Content:
    """What a document holds of dialling; None where it has no such section."""

    trunks: Sequence[TrunkEntry] | None = None
    dialling: DiallingEntry | None = None
    mistakes: list[Mistake] = field(default_factory=list)


def gather(document: Any, file: str) -> Content:
    """The sections, with every mistake; sections of others are left to them."""
    reading = Reading(document, file)
    content = Content(mistakes=reading.mistakes)
    if not isinstance(document, Mapping):
        return content
    if TRUNKS in document:
        named = reading.entries(TRUNKS)
        found = [reading.valid(TrunkEntry, (TRUNKS, name), entry) for name, entry in named]
        content.trunks = [trunk for trunk in found if trunk]
    if DIALLING in document:
        content.dialling = reading.valid(DiallingEntry, (DIALLING,), document[DIALLING] or {})
    return content


def keep(content: Content) -> None:
    """A section that is there replaces all of its kind. In the caller's transaction."""
    if content.trunks is not None:
        records.replace_trunks(content.trunks)
    if content.dialling is not None:
        records.replace_rules(content.dialling)


def sections() -> Mapping[str, Any]:
    """The same as data; what is empty or as usual is left out."""
    trunks = {
        trunk.name: trunk.model_dump(
            mode="json", exclude_defaults=True, exclude={"name", "password"}
        )
        for trunk in records.trunks()
    }
    found = {TRUNKS: trunks, DIALLING: _dialling()}
    return {name: section for name, section in found.items() if section}


def _dialling() -> Mapping[str, Any]:
    book = records.rulebook()
    limits = OverallLimit.model_validate(book.overall.model_dump())
    entry = DiallingEntry(limits=limits, classes=dict(book.classes), rules=dict(book.rules))
    return entry.model_dump(mode="json", exclude_defaults=True)
