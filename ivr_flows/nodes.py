"""From the parser's nodes to plain values; bounded, whatever aliases multiply."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ivr_flows.document import Document, Place
from ivr_flows.problem import Path, quoted
from ivr_flows.scalars import KINDS, plain_value

MAX_VALUES = 20_000
"""Values after aliases are written out: what stops a file whose anchors multiply."""
MAX_DEPTH = 24
"""Levels of nesting; a flow needs about eight."""

_TAG = "tag:yaml.org,2002:"


class Builder:
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
            self._document.refuse(
                place,
                f"too many values, expected at most {MAX_VALUES}",
                "are there aliases of aliases?",
            )
        if len(path) > MAX_DEPTH:
            self._document.refuse(place, f"nested too deeply, expected {MAX_DEPTH} levels")
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
        if kind not in KINDS:
            self._document.report(_place(node), f"tags are not used in flows, given {quoted(kind)}")
            return raw
        try:
            return plain_value(kind, raw)
        except ValueError:
            return raw


def _place(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1
