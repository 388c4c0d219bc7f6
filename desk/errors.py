"""What can go wrong at the desk.

DeskError
├── SourceInvalid         an address that no database can have
├── ImportRefused         a YAML text with mistakes; `.mistakes` has them all
├── ParameterInvalid      a query's parameter is missing, unknown or ill-formed
├── QueryFailed           the database would not answer the query
│   └── QueryTooSlow      … in its time
├── SourceDown            the data source cannot be reached
└── SourceRefused         it was reached, and must not be used: wrong password, too many rights
"""

from collections.abc import Sequence
from dataclasses import dataclass


class DeskError(Exception):
    """Base of the desk's errors."""


class SourceInvalid(DeskError, ValueError):
    """An address that no database can have."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a YAML text."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ImportRefused(DeskError, ValueError):
    """A YAML text with mistakes; nothing of it was kept."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


class ParameterInvalid(DeskError, ValueError):
    """A parameter is missing, unknown, or not of its type."""


class QueryFailed(DeskError):
    """The database would not answer: a missing table, a mistake, an attempt to write."""


class QueryTooSlow(QueryFailed):
    """The query was cancelled at its time limit."""


class SourceDown(DeskError):
    """The data source cannot be reached."""


class SourceRefused(DeskError):
    """The data source was reached and must not be used."""
