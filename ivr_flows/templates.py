"""Templates compiled when a flow is loaded, so that a call only fills them in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.environment import Template as JinjaTemplate

from ivr_flows.arithmetic import MAX_SIZE
from ivr_flows.errors import TextFailed
from ivr_flows.problem import quoted
from ivr_flows.sandbox import BUDGET, SPEAKING, Budget, Sandbox, faults, rounds

MAX_SOURCE = 6_000
"""Longest text in a flow, in characters; some six minutes of speech."""
GAP = "\ufffc"
"""Stands for what is only known during a call (U+FFFC, object replacement character)."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_RESULT = "result"


class BadTemplate(Exception):
    """A template that cannot be compiled; `.faults` are (message, hint)."""

    def __init__(self, found: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(message for message, _ in found))
        self.faults = found


@dataclass(frozen=True, slots=True)
class Template:
    """A text with variables in it."""

    source: str
    reads: frozenset[str]
    """Variables that it needs."""
    skeleton: str
    """The constant text, with `GAP` where a value will be."""
    _compiled: JinjaTemplate | None
    _expression: JinjaTemplate | None = None

    @property
    def constant(self) -> bool:
        return self._compiled is None

    def render(self, names: dict[str, Any], language: str) -> str:
        """The text for this call. Raises `TextFailed`."""
        if self._compiled is None:
            return self.source
        return _clean(_run(self._compiled, names, language, self.source, _joined))

    def value(self, names: dict[str, Any], language: str) -> Any:
        """The value of a lone `{{ … }}` with its type, else the text. Raises `TextFailed`."""
        if self._expression is None:
            return self.render(names, language)
        return _run(self._expression, names, language, self.source, _result)


def _run(
    compiled: JinjaTemplate,
    names: dict[str, Any],
    language: str,
    source: str,
    gather: Callable[[JinjaTemplate, Any], Any],
) -> Any:
    names[SPEAKING] = language
    names[BUDGET] = Budget()
    try:
        return gather(compiled, compiled.new_context(names, shared=True))
    except TextFailed as error:
        raise TextFailed(f"{error}, in the text {quoted(source)}") from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise TextFailed(f"{error}, in the text {quoted(source)}") from error
    except (AttributeError, RecursionError, MemoryError) as error:
        raise TextFailed(f"{error}, in the text {quoted(source)}") from error


def _joined(compiled: JinjaTemplate, context: Any) -> str:
    parts: list[str] = []
    size = 0
    for part in compiled.root_render_func(context):
        size += len(part)
        if size > MAX_SIZE:
            raise TextFailed(f"the text is longer than {MAX_SIZE} characters")
        parts.append(part)
    return "".join(parts)


def _result(compiled: JinjaTemplate, context: Any) -> Any:
    for _ in compiled.root_render_func(context):
        pass
    value = context.vars[_RESULT]
    # An undefined value is told from others by refusing to be a text (StrictUndefined).
    return value if isinstance(value, int | float | list | tuple | dict | None) else _used(value)


def _used(value: Any) -> Any:
    str(value)
    return value


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


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
        return Template(_clean(source), frozenset(), _clean(source), None)
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
    assign = nodes.Assign(nodes.Name(_RESULT, "store", lineno=1), expression, lineno=1)
    return _built(nodes.Template([assign], lineno=1), sandbox)


def _skeleton(tree: nodes.Template) -> str:
    parts: list[str] = []
    for node in tree.body:
        inner = node.nodes if isinstance(node, nodes.Output) else [node]
        parts += [part.data if isinstance(part, nodes.TemplateData) else GAP for part in inner]
    return "".join(parts)
