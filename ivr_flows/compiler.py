"""Compiles templates when a flow is loaded."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.environment import Template as JinjaTemplate

from ivr_flows.sandbox import Sandbox, rounds
from ivr_flows.template_faults import faults
from ivr_flows.templates import GAP, RESULT, Template, clean

MAX_SOURCE = 6_000
"""Longest text in a flow, in characters; some six minutes of speech."""


class BadTemplate(Exception):
    """A template that cannot be compiled; `.faults` are (message, hint)."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(message for message, _ in found))
        self.faults = found


def quote_for_url(value: Any) -> str:
    return quote(str(value), safe="")


class Compiler:
    """Compiles templates with one set of filters."""

    def __init__(self, filters: Mapping[str, Callable[..., str]]) -> None:
        self._speech = Sandbox(filters)
        self._url = Sandbox(filters, finalize=quote_for_url)

    def text(self, source: str) -> Template:
        """Raises `BadTemplate`."""
        return _compile(source, self._speech)

    def url(self, source: str) -> Template:
        """Each value is percent-encoded (RFC 3986, section 2.1)."""
        return _compile(source, self._url)


@lru_cache(maxsize=8)
def compiler_for(filters: tuple[tuple[str, Callable[..., str]], ...]) -> Compiler:
    return Compiler(dict(filters))


def _compile(source: str, sandbox: Sandbox) -> Template:
    if len(source) > MAX_SOURCE:
        raise BadTemplate(
            [(f"the text has {len(source)} characters, expected at most {MAX_SOURCE}", "")]
        )
    if not any(mark in source for mark in ("{{", "{%", "{#")):
        return Template(clean(source), frozenset(), clean(source), None)
    try:
        return _compile_variable(source, sandbox)
    except TemplateSyntaxError as error:
        raise BadTemplate([(f"bad template: {error.message}", "")]) from error
    except (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError) as error:
        raise BadTemplate([(f"bad template: {error}", "")]) from error


def _compile_variable(source: str, sandbox: Sandbox) -> Template:
    tree = sandbox.parse(source)
    found = faults(tree, sandbox)
    if found:
        raise BadTemplate(found)
    reads = frozenset(meta.find_undeclared_variables(tree))
    skeleton = _skeleton(tree)
    expression = _lone_expression(source, sandbox)
    _count_rounds(tree)
    return Template(source, reads, skeleton, _built(tree, sandbox), expression)


def _built(tree: nodes.Template, sandbox: Sandbox) -> JinjaTemplate:
    tree.set_environment(sandbox)
    return sandbox.from_string(tree)


def _count_rounds(tree: nodes.Template) -> None:
    for loop in tree.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, rounds.__name__, [], [], None, None, lineno=loop.lineno)


def _lone_expression(source: str, sandbox: Sandbox) -> JinjaTemplate | None:
    """The expression of a text that is nothing but `{{ … }}`."""
    tree = sandbox.parse(source.strip())
    body = tree.body
    if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
        return None
    expression = body[0].nodes[0]
    if isinstance(expression, nodes.TemplateData):
        return None
    assign = nodes.Assign(nodes.Name(RESULT, "store", lineno=1), expression, lineno=1)
    return _built(nodes.Template([assign], lineno=1), sandbox)


def _skeleton(tree: nodes.Template) -> str:
    parts: list[str] = []
    for node in tree.body:
        inner = node.nodes if isinstance(node, nodes.Output) else [node]
        parts += [part.data if isinstance(part, nodes.TemplateData) else GAP for part in inner]
    return "".join(parts)
