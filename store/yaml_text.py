"""YAML with the line of each of its parts."""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from store.errors import ImportRefused, Mistake

MAX_CHARACTERS = 1_000_000
MAX_NODES = 50_000
"""Counted as they are when every alias is written out."""


def read(text: str, file: str) -> Any:
    """The document, with positions. Raises `ImportRefused`."""
    if len(text) > MAX_CHARACTERS:
        raise _refusal(file, 1, f"expected at most {MAX_CHARACTERS} characters, not {len(text)}")
    try:
        document = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = str(error.problem or error.context or "not YAML")
        raise _refusal(file, mark.line + 1 if mark else 1, what) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise _refusal(file, 1, f"not YAML: {' '.join(str(error).split())[:200]}") from error
    if _count(document, MAX_NODES) <= 0:
        raise _refusal(file, 1, f"expected at most {MAX_NODES} values; look at the aliases (*)")
    return document


def write(document: Any) -> str:
    """A document as people write it."""
    yaml = YAML()
    yaml.width = 100
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(document, out)
    return out.getvalue()


def line(document: Any, path: Sequence[str | int]) -> int:
    """The line of what `path` leads to, or of the nearest thing around it."""
    found = 1
    for part in path:
        position: Any = getattr(document, "lc", None)
        try:
            at = position.key(part) if isinstance(document, Mapping) else position.item(part)
            found = at[0] + 1
            document = document[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return found


def _count(node: Any, left: int) -> int:
    left -= 1
    if isinstance(node, Mapping):
        children: Sequence[Any] = list(node.values())
    elif isinstance(node, list | set):
        children = list(node)
    else:
        return left
    for child in children:
        if left <= 0:
            break
        left = _count(child, left)
    return left


def _refusal(file: str, at: int, what: str) -> ImportRefused:
    return ImportRefused([Mistake(file, at, what)])
