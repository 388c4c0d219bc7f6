"""Where the files in place differ from what they would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Difference:
    """One file."""

    path: str
    kind: Literal["missing", "strange", "changed"]
    """`strange`: nobody has rendered it."""
    lines: Sequence[str] = ()
    """What is in place (-) and what ought to be (+); secrets may stand there."""


def drift(conf: Path, files: Mapping[str, str]) -> Sequence[Difference]:
    """Between the folder and the rendered texts; empty when they are the same."""
    names = {str(path.relative_to(conf)) for path in conf.rglob("*") if path.is_file()}
    missing = [Difference(name, "missing") for name in sorted(files.keys() - names)]
    strange = [Difference(name, "strange") for name in sorted(names - files.keys())]
    compared = [_compared(conf / name, name, files[name]) for name in sorted(names & files.keys())]
    return [*missing, *strange, *filter(None, compared)]


def _compared(path: Path, name: str, text: str) -> Difference | None:
    found = path.read_text(encoding="utf-8", errors="replace")
    if found == text:
        return None
    lines = unified_diff(found.splitlines(), text.splitlines(), lineterm="", n=0)
    return Difference(name, "changed", list(lines))
