"""Conditions: one expression that is true or false, parsed when the flow is loaded."""

import ast
import operator
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simpleeval import EvalWithCompoundTypes, InvalidExpression

from ivr_flows.arithmetic import add, modulo, multiply
from ivr_flows.errors import TextFailed
from ivr_flows.problem import nearest, one_of, quoted
from ivr_flows.sandbox import member

MAX_SOURCE = 500
"""Longest condition, in characters."""

_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: add,
    ast.Sub: operator.sub,
    ast.Mult: multiply,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: modulo,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "len": len, "int": int, "float": float, "str": str, "abs": abs, "min": min, "max": max,
    "lower": lambda text: str(text).lower(),
}  # fmt: skip
_KNOWN = frozenset(_FUNCTIONS)
"""Kept apart, because simpleeval adds names of its own to the table that it is given."""
_ALLOWED = (
    ast.Expression, ast.Expr, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.Call, ast.Name,
    ast.Constant, ast.Attribute, ast.Subscript, ast.List, ast.Tuple, ast.IfExp, ast.And, ast.Or,
    ast.Load, *_OPERATORS,
)  # fmt: skip


class BadCondition(Exception):
    """An expression that is not understood; `.hint` may help."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class _Evaluator(EvalWithCompoundTypes):  # type: ignore[misc]
    """simpleeval with bounded operators, and columns instead of Python's attributes."""

    def __init__(self, names: dict[str, Any]) -> None:
        super().__init__(operators=_OPERATORS, functions=_FUNCTIONS, names=names)
        self.nodes[ast.Attribute] = self._column

    def _column(self, node: ast.Attribute) -> Any:
        try:
            return member(self._eval(node.value), node.attr)
        except KeyError as error:
            raise TextFailed(f"there is no {quoted(node.attr)} in it") from error


@dataclass(frozen=True, slots=True)
class Condition:
    source: str
    reads: frozenset[str]
    _parsed: ast.expr

    def holds(self, names: dict[str, Any]) -> bool:
        """Raises `TextFailed` where the values of this call do not fit."""
        try:
            return bool(_Evaluator(names).eval(self.source, previously_parsed=self._parsed))
        except TextFailed:
            raise
        except (InvalidExpression, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise TextFailed(f"{error}, in the condition {quoted(self.source)}") from error
        except (AttributeError, RecursionError) as error:
            raise TextFailed(f"{error}, in the condition {quoted(self.source)}") from error


def compile_condition(source: str) -> Condition:
    """Raises `BadCondition`."""
    if len(source) > MAX_SOURCE:
        raise BadCondition(f"the condition is longer than {MAX_SOURCE} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        hint = "a comparison is written ==" if _lone_equals(source) else ""
        raise BadCondition(f"bad condition {quoted(source)}", hint) from error
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        _check(node)
    names = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return Condition(source, frozenset(node.id for node in names), tree)


def _lone_equals(source: str) -> bool:
    bare = source
    for pair in ("==", "!=", "<=", ">="):
        bare = bare.replace(pair, "")
    return "=" in bare


def _check(node: ast.AST) -> None:
    if not isinstance(node, _ALLOWED):
        raise BadCondition(f"{quoted(type(node).__name__.lower())} is not used in conditions")
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", "")
        if name not in _KNOWN or node.keywords:
            raise BadCondition(
                f"unknown function {quoted(name)}, expected one of {one_of(_KNOWN)}",
                nearest(name, _KNOWN),
            )
    name = getattr(node, "id", "") or getattr(node, "attr", "")
    if str(name).startswith("_"):
        raise BadCondition(f"names that begin with _ cannot be read, given {quoted(name)}")
