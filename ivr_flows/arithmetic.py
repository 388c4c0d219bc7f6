"""Operators for texts and conditions that cannot be made to allocate or to run for long."""

import operator
from collections.abc import Callable
from typing import Any

from ivr_flows.errors import TextFailed

MAX_SIZE = 10_000
"""Longest text or list that an operator may make, in characters or items."""
MAX_BITS = 256
"""Largest whole number, in bits: far above any price or count."""


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | bytes | list | tuple) else 0


def _bits(value: Any) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def add(left: Any, right: Any) -> Any:
    if _size(left) + _size(right) > MAX_SIZE:
        raise TextFailed(f"+ would make a text longer than {MAX_SIZE} characters")
    if max(_bits(left), _bits(right)) > MAX_BITS:
        raise TextFailed("a number is too large")
    return left + right


def multiply(left: Any, right: Any) -> Any:
    if _size(left) or _size(right):
        raise TextFailed("* is for numbers, given a text or a list")
    if _bits(left) + _bits(right) > MAX_BITS:
        raise TextFailed("a number is too large")
    return left * right


def modulo(left: Any, right: Any) -> Any:
    if isinstance(left, str | bytes):
        raise TextFailed("% is for numbers, given a text")
    return left % right


def power(left: Any, right: Any) -> Any:
    raise TextFailed("** is not used in flows")


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": operator.sub,
    "*": multiply,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": modulo,
    "**": power,
}
