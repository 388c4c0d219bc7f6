"""Cutting header values apart without being fooled by quotes and brackets."""

import re
from collections.abc import Iterator

_PIECE = re.compile(r'"(?:[^"\\]|\\.|\\\Z)*(?:"|\Z)|<[^>]*(?:>|\Z)|[^",<;]+|.', re.DOTALL)
"""A quote or a bracket that nobody closes takes all the rest: looking for its end again from
each later one would cost the square of the length."""


def _split(text: str, separator: str) -> Iterator[str]:
    current: list[str] = []
    for piece in _PIECE.findall(text):
        if piece == separator:
            yield "".join(current).strip()
            current = []
        else:
            current.append(piece)
    yield "".join(current).strip()


def split_list(text: str) -> list[str]:
    """The members of a comma-separated header; empty ones are left out."""
    return [member for member in _split(text, ",") if member]


def parameters(text: str) -> dict[str, str]:
    """`a=1;b;c="x;y"` as a mapping; names in lower case, a bare name has an empty value."""
    found: dict[str, str] = {}
    for part in _split(text, ";"):
        name, _, value = part.partition("=")
        if name.strip():
            found.setdefault(name.strip().lower(), unquoted(value.strip()))
    return found


def split_parameters(text: str) -> tuple[str, dict[str, str]]:
    value, _, rest = text.partition(";")
    return value.strip(), parameters(rest)


def unquoted(text: str) -> str:
    if len(text) >= 2 and text.startswith('"') and text.endswith('"'):
        return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
    return text
