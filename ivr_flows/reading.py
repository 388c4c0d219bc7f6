"""YAML into plain values, with the place of each key and value."""

import warnings
from itertools import accumulate

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

from ivr_flows.document import Document, Place
from ivr_flows.nodes import MAX_DEPTH, Builder

MAX_BYTES = 100_000
"""A flow of some 1,000 steps; the parser may need two seconds for it."""
MAX_BRACKETS = 200
"""Brackets open at once, before parsing: the parser's time grows with their square."""


def read_document(text: str | bytes, file: str) -> Document:
    """Raises `FlowInvalid` where nothing can be read; other mistakes are in `.problems`."""
    document = Document(file)
    node = _compose(_decoded(text, document), document)
    Builder(document).build_all(node)
    return document


def _decoded(text: str | bytes, document: Document) -> str:
    size = len(text)
    if size > MAX_BYTES:
        document.refuse((1, 1), f"the file is too large ({size} bytes), expected {MAX_BYTES}")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start]
        place = (before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        document.refuse(place, "the file is not UTF-8", "save it as UTF-8")


def _compose(text: str, document: Document) -> Node:
    tab = _tab_in_indentation(text)
    if tab:
        document.refuse(tab, "a tab in the indentation, expected spaces")
    if _open_brackets(text) > MAX_BRACKETS:
        document.refuse((1, 1), f"nested too deeply, expected at most {MAX_DEPTH} levels")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor used twice is harmless
            node = YAML(pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.refuse(place, f"not valid YAML: {error.problem or error.context}")
    except RecursionError:
        document.refuse((1, 1), f"nested too deeply, expected at most {MAX_DEPTH} levels")
    except ReaderError as error:
        before = text[: error.position]
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        document.refuse(place, f"the character U+{error.character:04X} is not allowed in YAML")
    except YAMLError as error:
        document.refuse((1, 1), f"not valid YAML: {' '.join(str(error).split())[:120]}")
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError) as error:
        # ruamel's scanner lets some of Python's own errors through on garbage.
        document.refuse((1, 1), f"not valid YAML: {error}")
    if not isinstance(node, Node):
        document.refuse((1, 1), "the file is empty, expected a flow")
    return node


def _tab_in_indentation(text: str) -> Place | None:
    """YAML forbids them, but the parser's own message does not say so."""
    for number, line in enumerate(text.split("\n"), 1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip() and not line.lstrip().startswith("#"):
            return number, indent.index("\t") + 1
    return None


def _open_brackets(text: str) -> int:
    """The most that are open at once; those inside words are counted too, which does no harm."""
    steps = (1 if mark in "[{" else -1 for mark in text if mark in "[]{}")
    return max(accumulate(steps), default=0)
