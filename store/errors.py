"""What can go wrong in the store.

StoreError
├── StoreAway           the database cannot be reached or opened
├── MigrationFailed     the schema could not be brought up
├── FlowUnknown         no flow of that name
├── VersionUnknown      the flow has no such version
├── VersionFixed        a saved version's text was to be changed
├── NotChecked          a version was to go live that has not passed its checks
├── DraftMovedOn        somebody else saved a newer version meanwhile
├── NothingToRollBack   no earlier version has been live
├── HoursInvalid        weekly hours that cannot be read
├── ImportRefused       a YAML text with mistakes; `.mistakes` has them all
├── JournalFull         the journal of unwritten jobs has reached its bound
├── MoveFailed          a store could not be moved to another database
└── SecretLocked        a secret cannot be sealed or opened with the key that there is
"""

from collections.abc import Sequence
from dataclasses import dataclass


class StoreError(Exception):
    """Base of the store's errors."""


class StoreAway(StoreError):
    """The database cannot be reached or opened."""


class MigrationFailed(StoreError):
    """The schema could not be brought up to date."""


class MoveFailed(StoreError):
    """The store could not be moved to another database; nothing of it is there."""


class FlowUnknown(StoreError, LookupError):
    """No flow of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f'flow "{name}" is not in the store; save it first')
        self.name = name


class VersionUnknown(StoreError, LookupError):
    """The flow has no such version."""

    def __init__(self, name: str, number: int | None) -> None:
        wanted = "a draft" if number is None else f"version {number}"
        super().__init__(f'flow "{name}" has no {wanted}')
        self.name = name
        self.number = number


class VersionFixed(StoreError):
    """A saved version never changes its text: calls and history refer to it."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(f'flow "{name}" version {number} is fixed; save a new draft instead')


class NotChecked(StoreError):
    """A version was to go live that has not passed its checks."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(
            f'flow "{name}" version {number} has not passed its checks; '
            "load it, run its tests and mark it checked first"
        )


class DraftMovedOn(StoreError):
    """A draft was to be saved over a newer one that its author has not seen."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(f'flow "{name}" has a newer version, {number}; look at it first')
        self.number = number


class NothingToRollBack(StoreError):
    """No earlier version of the flow has been live."""

    def __init__(self, name: str) -> None:
        super().__init__(f'flow "{name}" has no earlier live version to go back to')


class HoursInvalid(StoreError, ValueError):
    """Weekly hours that cannot be read."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a YAML text."""

    file: str
    line: int
    message: str
    place: tuple[str | int, ...] = ()
    """The keys that lead to it in the document."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ImportRefused(StoreError, ValueError):
    """A YAML text with mistakes; nothing of it was kept."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


class JournalFull(StoreError):
    """The journal of unwritten jobs has reached its bound."""


class SecretLocked(StoreError):
    """A secret cannot be sealed or opened: no key, another key, or somebody altered it."""
