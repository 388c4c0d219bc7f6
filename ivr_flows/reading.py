"""YAML into plain values, with the place of each key and value; bounded, whatever is in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from ivr_flows.errors import FlowInvalid
from ivr_flows.problem import Path, Problem, quoted, step_of

MAX_BYTES = 100_000
"""A flow of some 1,000 steps; the parser may need two seconds for it."""
MAX_BRACKETS = 200
"""Brackets open at once, before parsing: the parser's time grows with their square."""
MAX_VALUES = 20_000
"""Values after aliases are written out: what stops a file whose anchors multiply."""
MAX_DEPTH = 24
"""Levels of nesting; a flow needs about eight."""

Place = tuple[int, int]
_TAG = "tag:yaml.org,2002:"
_KINDS = frozenset({"str", "int", "float", "bool", "null", "timestamp", "merge", "value"})


class PlainInt(int):
    """A number that remembers how it was written: 0123 is a phone number to somebody."""

    raw: str = ""


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


def read_document(text: str | bytes, file: str) -> Document:
    """Raises `FlowInvalid` where nothing can be read; other mistakes are in `.problems`."""
    document = Document(file)
    node = _compose(_decoded(text, document), document)
    _Builder(document).build_all(node)
    return document


def _decoded(text: str | bytes, document: Document) -> str:
    size = len(text)
    if size > MAX_BYTES:
        _refuse(document, (1, 1), f"the file is too large ({size} bytes), expected {MAX_BYTES}")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = text[: error.start]
        place = (before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        _refuse(document, place, "the file is not UTF-8", "save it as UTF-8")


def _compose(text: str, document: Document) -> Node:
    tab = _tab_in_indentation(text)
    if tab:
        _refuse(document, tab, "a tab in the indentation, expected spaces")
    if _open_brackets(text) > MAX_BRACKETS:
        _refuse(document, (1, 1), f"nested too deeply, expected at most {MAX_DEPTH} levels")
    try:
        node = YAML(pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        _refuse(document, place, f"not valid YAML: {error.problem or error.context}")
    except RecursionError:
        _refuse(document, (1, 1), f"nested too deeply, expected at most {MAX_DEPTH} levels")
    except ReaderError as error:
        before = text[: error.position]
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        _refuse(document, place, f"the character U+{error.character:04X} is not allowed in YAML")
    except YAMLError as error:
        _refuse(document, (1, 1), f"not valid YAML: {' '.join(str(error).split())[:120]}")
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError) as error:
        # ruamel's scanner lets some of Python's own errors through on garbage.
        _refuse(document, (1, 1), f"not valid YAML: {error}")
    if not isinstance(node, Node):
        _refuse(document, (1, 1), "the file is empty, expected a flow")
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


def _refuse(document: Document, place: Place, message: str, hint: str = "") -> NoReturn:
    document.report(place, message, hint)
    raise FlowInvalid(document.problems)


class _Builder:
    """Turns the parser's nodes into plain values and notes where they stand."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._count = 0

    def build_all(self, node: Node) -> None:
        self._document.data = self._build(node, ())

    def _build(self, node: Node, path: Path) -> Any:
        place = _place(node)
        self._document.values[path] = place
        self._count += 1
        if self._count > MAX_VALUES:
            _refuse(
                self._document,
                place,
                f"too many values, expected at most {MAX_VALUES}",
                "are there aliases of aliases?",
            )
        if len(path) > MAX_DEPTH:
            _refuse(self._document, place, f"nested too deeply, expected {MAX_DEPTH} levels")
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self._build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key, value in self._entries(node):
            here = (*path, key.value)
            if key.value in built:
                first = self._document.keys[here][0]
                self._document.report(
                    _place(key),
                    f"the key {quoted(key.value)} is given twice, first in line {first}",
                    path=here,
                )
                continue
            self._document.keys[here] = _place(key)
            built[key.value] = self._build(value, here)
        return built

    def _entries(self, node: MappingNode) -> Iterator[tuple[ScalarNode, Node]]:
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._document.report(_place(key), "a key is not a plain word")
            elif key.tag == f"{_TAG}merge":
                self._document.report(_place(key), "merge keys (<<) are not used in flows")
            else:
                yield key, value

    def _scalar(self, node: Node) -> Any:
        kind, raw = str(node.tag).removeprefix(_TAG), str(node.value)
        if kind not in _KINDS:
            self._document.report(_place(node), f"tags are not used in flows, given {quoted(kind)}")
            return raw
        try:
            return _plain(kind, raw)
        except ValueError:
            return raw


def _place(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _plain(kind: str, raw: str) -> Any:
    match kind:
        case "int":
            number = PlainInt(int(raw.replace("_", "").lstrip("0") or "0"))
            number.raw = raw
            return number
        case "float":
            return float(raw.replace("_", ""))
        case "bool":
            return raw.lower() == "true"
        case "null":
            return None
        case "timestamp":
            return date.fromisoformat(raw) if len(raw) <= 10 else datetime.fromisoformat(raw)
        case _:
            return raw


def as_text(value: Any) -> Any:
    """What was written, where YAML made a number or a date of it; others unchanged."""
    if isinstance(value, PlainInt):
        return value.raw
    if isinstance(value, date):
        return value.isoformat()
    return value
