"""What every kind of connection does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from desk.parameters import Bound

CONNECT_SECONDS = 2
"""A caller waits meanwhile."""
GRACE = 1.0
"""Seconds after its time limit at which a query that the server did not cancel is cut off."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query with the values of its `:names` and its limits."""

    sql: str
    values: Mapping[str, Bound]
    rows: int
    """Further rows are not fetched."""
    seconds: float
    """The database cancels it then."""


@dataclass(frozen=True, slots=True)
class Answer:
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


class Connection(Protocol):
    """Read-only by its own rules, whatever the SQL says.

    `ask` raises `QueryFailed`, `QueryTooSlow`, or `SourceDown` (the connection is then of no
    more use). Nothing of one query remains for the next.
    """

    def ask(self, question: Question) -> Answer: ...
    def alive(self) -> bool: ...
    def close(self) -> None: ...
