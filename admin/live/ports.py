"""What live news ask of the box."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

Tell = Callable[[str, Mapping[str, Any]], None]
"""A topic, and what there is to say: small, plain data. Never waits."""


class Source(Protocol):
    """Knows what happens, while somebody wants to."""

    def follow(self, topics: frozenset[str], tell: Tell) -> None:
        """Tell of these topics from now on, and of no others; none: nobody looks. Never waits."""


class Silence:
    """A box in which nothing happens."""

    def follow(self, topics: frozenset[str], tell: Tell) -> None:
        """Nothing to tell."""
