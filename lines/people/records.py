"""People between what administrators write and the store's rows."""

from collections.abc import Iterable, Mapping

from lines.errors import PersonTaken, PersonUnknown
from lines.people.entry import Entry, Reached
from store.database import translated, writing
from store.models import Person as PersonRow
from store.models import PersonNumber
from store.models.line import NumberKind

OWN = ("title", "language", "mail", "at_once")
"""Facts that the row of the person itself holds."""


@translated()
def create(entry: Entry) -> None:
    """Raises `PersonTaken`."""
    with writing():
        if PersonRow.get_or_none(PersonRow.name == entry.name):
            raise PersonTaken(entry.name)
        keep([entry])


@translated()
def remove(name: str) -> None:
    """Raises `PersonUnknown`."""
    with writing():
        row = PersonRow.get_or_none(PersonRow.name == name)
        if row is None:
            raise PersonUnknown(name)
        PersonNumber.delete().where(PersonNumber.person == row).execute()
        row.delete_instance(recursive=False)


@translated()
def entries() -> Mapping[str, Entry]:
    """All people by name."""
    return {row.name: _entry(row) for row in PersonRow.select().order_by(PersonRow.name)}


@translated()
def find(name: str) -> Entry | None:
    row = PersonRow.get_or_none(PersonRow.name == name)
    return _entry(row) if row else None


@translated()
def keep(found: Iterable[Entry]) -> None:
    """Add people, or change those of the same name. Within the caller's transaction."""
    for entry in found:
        facts = entry.model_dump(include=set(OWN))
        (
            PersonRow.insert({"name": entry.name, **facts})
            .on_conflict(
                conflict_target=[PersonRow.name],
                preserve=[getattr(PersonRow, fact) for fact in OWN],
            )
            .execute()
        )
        row = PersonRow.get(PersonRow.name == entry.name)
        PersonNumber.delete().where(PersonNumber.person == row).execute()
        for position, number in enumerate(entry.numbers):
            PersonNumber.create(person=row, position=position, **number.model_dump())


def _entry(row: PersonRow) -> Entry:
    mine = PersonNumber.select().where(PersonNumber.person == row)
    ordered = mine.order_by(PersonNumber.position, PersonNumber.id)
    facts = {fact: getattr(row, fact) for fact in OWN}
    return Entry(name=row.name, numbers=tuple(map(_reached, ordered)), **facts)


def _reached(row: PersonNumber) -> Reached:
    return Reached(
        kind=NumberKind(row.kind),
        number=row.number,
        ring_seconds=row.ring_seconds,
        confirm=row.confirm,
    )
