"""Who goes by a name: the people of the store, and the desk phones of the settings."""

from collections.abc import Mapping

from lines.people import records
from lines.people.entry import Person, Reached
from store.models.line import NumberKind

LONGEST = 64
"""Characters of a name; what is longer is nobody's, and is not looked for."""


class People:
    """Blocking: call it from a thread, a sidecar or a command, never from the callbox's loop."""

    def __init__(self, phones: Mapping[str, str]) -> None:
        """`phones`: the desk phones' titles by number."""
        self._phones = [_phone(number, title) for number, title in phones.items()]

    def find(self, asked: str) -> Person | None:
        """By a person's name, or by a desk phone's number or title. Raises `StoreAway`."""
        wanted = asked.casefold()
        # Names are plain ASCII; anything else is not for the database to see.
        is_name = len(asked) <= LONGEST and wanted.isascii() and wanted.isprintable()
        found = records.find(wanted) if is_name else None
        return found or next((phone for phone in self._phones if wanted in _names(phone)), None)

    def all(self) -> Mapping[str, Person]:
        """Everybody by name, desk phones by their numbers. Raises `StoreAway`."""
        return {**records.entries(), **{phone.name: phone for phone in self._phones}}

    def names(self) -> frozenset[str]:
        """Everything that `find` answers to, as it is written."""
        phones = {name for phone in self._phones for name in (phone.name, phone.title)}
        return frozenset({*records.entries(), *phones})


def _phone(number: str, title: str) -> Person:
    return Person(
        name=number, title=title[:200], numbers=(Reached(kind=NumberKind.PHONE, number=number),)
    )


def _names(phone: Person) -> tuple[str, str]:
    return phone.name.casefold(), phone.title.casefold()
