"""Flows to begin with: `gallery/*.yaml`, each with its test calls."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "gallery"
NAME = re.compile(r"^flow: .*$", re.M)


@dataclass(frozen=True, slots=True)
class Pattern:
    name: str
    title: str
    """The first line of the file, a comment."""
    about: str
    """The comment lines after it."""
    text: str

    def called(self, name: str) -> str:
        """The text of a new flow made after it."""
        return NAME.sub(f"flow: {name}", self.text, count=1)


@cache
def patterns() -> Sequence[Pattern]:
    """In the order of their files' names."""
    return [_pattern(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _pattern(path: Path) -> Pattern:
    comments, _, body = path.read_text().partition("flow:")
    title, *about = [line.removeprefix("#").strip() for line in comments.strip().splitlines()]
    name = path.stem.partition("-")[2]
    return Pattern(name, title, " ".join(about), f"flow:{body}")
