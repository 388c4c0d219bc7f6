"""The plain values of a file, where they stand, and the mistakes found in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ivr_flows.errors import FlowInvalid
from ivr_flows.problem import Path, Problem, step_of

Place = tuple[int, int]
"""Line and column, from 1."""


@dataclass(slots=True)
class Document:
    """The plain values of a file and where they stand."""

    file: str
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Line and column (from 1) of the nearest thing known to stand at `path`."""
        while path:
            first, second = (self.keys, self.values) if at_key else (self.values, self.keys)
            found = first.get(path) or second.get(path)
            if found:
                return found
            path = path[:-1]
        return self.values.get((), (1, 1))

    def find(self, below: Path, word: str) -> Path:
        """Where `word` stands, as a value or a key, at `below` or deeper."""
        value: Any = self.data
        for part in below:
            value = value[part]
        return _find(value, word, below) or below

    def report(self, place: Place, message: str, hint: str = "", path: Path = ()) -> None:
        self.problems.append(Problem(self.file, *place, message, step_of(path), hint))

    def refuse(self, place: Place, message: str, hint: str = "") -> NoReturn:
        """Raises `FlowInvalid`: nothing more can be read."""
        self.report(place, message, hint)
        raise FlowInvalid(self.problems)


def _find(value: Any, word: str, path: Path) -> Path | None:
    if value == word:
        return path
    if isinstance(value, dict):
        entries: Iterable[tuple[str | int, Any]] = value.items()
        if word in value:
            return (*path, word)
    elif isinstance(value, list):
        entries = enumerate(value)
    else:
        return None
    return next((p for key, item in entries if (p := _find(item, word, (*path, key)))), None)
