"""People as the loader of flows, and the warming of prompts, must know them."""

from store.database import translated
from store.models import Person, PersonNumber
from store.models.line import NumberKind


@translated()
def names() -> frozenset[str]:
    """People's names, and the numbers of their desk phones. Raises `StoreAway`."""
    named = {row.name for row in Person.select(Person.name)}
    phones = PersonNumber.select().where(PersonNumber.kind == NumberKind.PHONE)
    return frozenset(named | {row.number for row in phones})


@translated()
def languages() -> frozenset[str]:
    """Those in which people are asked whether they take a call. Raises `StoreAway`."""
    return frozenset(row.language for row in Person.select(Person.language).distinct())
