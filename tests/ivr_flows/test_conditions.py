"""Conditions: simple, parsed once, and unable to do anything but compare."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ivr_flows.conditions import BadCondition, compile_condition
from ivr_flows.errors import TextFailed

VALUES: dict[str, Any] = {
    "n": 3,
    "name": "Ann",
    "sub": {"price": Decimal("12.50"), "items": 2, "ends": date(2027, 5, 3)},
    "rows": [1, 2],
    "long": "a" * 9_000,
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("n == 3 and name == 'Ann'", True),
        ("n > 3 or not name", False),
        ("name in ['Ann', 'Bob']", True),
        ("1 < n < 4", True),
        ("sub.price * 2 == 25", True),
        ("sub['items'] == 2 and sub.items == 2", True),
        ("sub.ends.year == 2027", True),
        ("len(rows) == 2 and max(1, n) == 3", True),
        ("lower(name) == 'ann'", True),
        ("int('4') == n + 1", True),
        ("'yes' if n else ''", True),
        ("rows[0] == 1", True),
        ("sub", True),
    ],
)
def test_what_a_condition_can_say(source: str, expected: bool) -> None:
    assert compile_condition(source).holds(VALUES) is expected


@pytest.mark.parametrize(
    "source",
    [
        "", "n = 3", "n ==", "import os", "__import__('os')", "().__class__", "n.__class__",
        "_speaking", "lambda: 1", "[a for a in rows]", "n ** n", "n << 9", "name.upper()",
        "f'{n}'", "{n: 1}", "open('x')", "len(rows, key=1)", "n; n", "*rows",
        "(" * 400, "a" * 600, "x := 3", "await n", "list(rows)", "dict()",
    ],
)  # fmt: skip
def test_what_it_cannot_say_is_refused_when_it_is_loaded(source: str) -> None:
    with pytest.raises(BadCondition):
        compile_condition(source)


@pytest.mark.parametrize(
    "source",
    [
        "missing == 1", "name > 3", "1 / (n - 3) > 0", "long + long == ''", "long * 9 == ''",
        "sub.nothing", "name.title", "rows[7]", "int('x')", "'%9d' % n == ''",
    ],
)  # fmt: skip
def test_what_does_not_fit_the_values_is_a_clear_error(source: str) -> None:
    with pytest.raises(TextFailed):
        compile_condition(source).holds(VALUES)


def test_a_condition_knows_what_it_reads() -> None:
    assert compile_condition("len(rows) > n and sub.price").reads == {"rows", "n", "sub"}
