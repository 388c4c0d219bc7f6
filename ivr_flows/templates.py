"""Compiled templates: a call only fills them in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError
from jinja2.environment import Template as JinjaTemplate

from ivr_flows.arithmetic import MAX_SIZE
from ivr_flows.errors import TextFailed
from ivr_flows.problem import quoted
from ivr_flows.sandbox import BUDGET, SPEAKING, Budget

GAP = "\ufffc"
"""Stands for what is only known during a call (U+FFFC, object replacement character)."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
RESULT = "result"
"""Where a lone expression leaves its value."""


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
        return clean(_run(self._compiled, names, language, self.source, _joined))

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
    value = context.vars[RESULT]
    # An undefined value is told from others by refusing to be a text (StrictUndefined).
    return value if isinstance(value, int | float | list | tuple | dict | None) else _used(value)


def _used(value: Any) -> Any:
    str(value)
    return value


def clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
