"""Under which number somebody calls from the browser."""

from store.models import PanelUser, Person, PersonNumber
from store.models.line import NumberKind


def number_of(user: PanelUser) -> str:
    """That of the user's own desk phone, else one of the box's."""
    own = _desk_phone(user.person) if user.person else ""
    return own or f"web-{user.id}"


def _desk_phone(person: str) -> str:
    found = (
        PersonNumber.select(PersonNumber.number)
        .join(Person)
        .where(Person.name == person, PersonNumber.kind == NumberKind.PHONE)
        .order_by(PersonNumber.position)
        .first()
    )
    return "".join(each for each in found.number if each.isdigit())[:15] if found else ""
