"""The paper's YAML file: the desk's records, mailboxes, people, trunks and dialling rules."""

from dataclasses import dataclass
from pathlib import Path

from desk import interchange as desk
from lines.dialling import interchange as dialling
from lines.experts import interchange as experts
from lines.people import interchange as people
from lines.rooms import interchange as rooms
from store.database import writing
from store.errors import ImportRefused
from store.yaml_text import read, write
from voicemail.boxes import interchange as mailboxes


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in."""

    desk: desk.Report
    mailboxes: int
    people: int
    rooms: int
    expert_lines: int

    def __str__(self) -> str:
        routes = "routes as they were" if self.desk.routes is None else f"{self.desk.routes} routes"
        found = f"{self.desk.sources} sources, {self.desk.queries} queries, {routes}"
        others = f"{self.mailboxes} mailboxes, {self.people} people, {self.rooms} rooms"
        return f"{found}, {others}, {self.expert_lines} expert lines"


OTHERS = (
    mailboxes.SECTION,
    people.SECTION,
    rooms.SECTION,
    experts.SECTION,
    *dialling.SECTIONS,
)
"""Sections beside those of the desk."""


def take_in(text: str, file: str, base: Path | None = None, country: str = "") -> Taken:
    """Keep what `text` holds, all of it or, with a mistake, nothing.

    SQLite files are sought from `base`, or else from the folder of `file`; `country` (ISO 3166)
    is where numbers in national form are. Mailboxes, people, rooms and expert lines that are not
    named stay; trunks and dialling rules, if given, replace all. Raises `ImportRefused` with every
    mistake.
    """
    document = read(text, file)
    records = desk.gather(document, file, base or Path(file).parent, OTHERS)
    boxes = mailboxes.gather(document, file)
    persons = people.gather(document, file, country)
    rules = dialling.gather(document, file)
    conferences = rooms.gather(document, file)
    lines = experts.gather(document, file)
    found = (records, boxes, persons, rules, conferences, lines)
    if mistakes := [mistake for content in found for mistake in content.mistakes]:
        raise ImportRefused(sorted(mistakes, key=lambda mistake: mistake.line))
    with writing():
        dialling.keep(rules)
        return Taken(
            desk.keep(records),
            mailboxes.keep(boxes),
            people.keep(persons),
            rooms.keep(conferences),
            experts.keep(lines),
        )


def give_out() -> str:
    """Everything as YAML; `***` stands for a password or a secret that is kept here."""
    sections = (mailboxes, people, rooms, experts)
    named = {section.SECTION: section.section() for section in sections}
    filled = {name: section for name, section in named.items() if section}
    return write({**desk.sections(), **filled, **dialling.sections()})
