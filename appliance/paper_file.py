"""The paper's YAML file: sources, queries and routes of the desk, and the mailboxes."""

from dataclasses import dataclass
from pathlib import Path

from desk import interchange as desk
from store.database import writing
from store.errors import ImportRefused
from store.yaml_text import read, write
from voicemail.boxes import interchange as mailboxes


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in."""

    desk: desk.Report
    mailboxes: int

    def __str__(self) -> str:
        routes = "routes as they were" if self.desk.routes is None else f"{self.desk.routes} routes"
        found = f"{self.desk.sources} sources, {self.desk.queries} queries, {routes}"
        return f"{found}, {self.mailboxes} mailboxes"


def take_in(text: str, file: str, base: Path | None = None) -> Taken:
    """Keep what `text` holds, all of it or, with a mistake, nothing.

    SQLite files are sought from `base`, or else from the folder of `file`. Mailboxes that are not
    named stay. Raises `ImportRefused` with every mistake.
    """
    document = read(text, file)
    records = desk.gather(document, file, base or Path(file).parent, (mailboxes.SECTION,))
    boxes = mailboxes.gather(document, file)
    if mistakes := [*records.mistakes, *boxes.mistakes]:
        raise ImportRefused(sorted(mistakes, key=lambda mistake: mistake.line))
    with writing():
        return Taken(desk.keep(records), mailboxes.keep(boxes))


def give_out() -> str:
    """Everything as YAML; `***` stands for a password or a secret that is kept here."""
    boxes = mailboxes.section()
    return write({**desk.sections(), **({mailboxes.SECTION: boxes} if boxes else {})})
