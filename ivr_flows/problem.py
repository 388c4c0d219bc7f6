"""A mistake in a flow file: where it is, what is wrong, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

MAX_QUOTED = 60
"""Longest piece of somebody's input that a message repeats, in characters."""

MAX_COMPARED = 200
"""Names among which a near one is looked for: comparing takes some 20 µs each."""

Path = tuple[str | int, ...]
"""Where a value stands in the document: keys and list positions from the top."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, told as `main.yaml:12:7 step "look": …`."""

    file: str
    line: int
    column: int
    message: str
    step: str = ""
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}"
        if self.step:
            where += f" step {quoted(self.step)}"
        return f"{where}: {self.message}" + (f", {self.hint}" if self.hint else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake before its line is known: `path` is turned into one by the loader."""

    path: Path
    message: str
    hint: str = ""
    at_key: bool = False
    """Point at the key instead of its value."""

    def below(self, path: Path) -> "Fault":
        return replace(self, path=(*path, *self.path))


def step_of(path: Path) -> str:
    """The step in which a path lies, or empty."""
    return str(path[1]) if path[:1] == ("steps",) and len(path) > 1 else ""


def quoted(value: object) -> str:
    """The value between double quotes, on one line and short."""
    text = " ".join(str(value).split())
    shown = text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"
    return f'"{shown}"'


def one_of(names: Iterable[str], limit: int = 30) -> str:
    """The names in a row for a message; an overlong list is cut."""
    ordered = sorted(names)
    return ", ".join(ordered[:limit]) + (", …" if len(ordered) > limit else "")


def nearest(given: object, names: Iterable[str]) -> str:
    """`did you mean "…"?`, or empty when nothing is near."""
    known = sorted(names)[:MAX_COMPARED]
    found = get_close_matches(str(given)[:MAX_QUOTED], known, n=1, cutoff=0.6)
    return f"did you mean {quoted(found[0])}?" if found else ""
