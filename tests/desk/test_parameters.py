"""Typed parameters and the marks that they take in a query."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desk.errors import ParameterInvalid
from desk.parameters import Parameter, Type, bind
from desk.placeholders import MYSQL, names, rewrite


def bound(rule: Parameter, value: Any) -> Any:
    return bind({"x": rule}, {"x": value}, 'query "q"')["x"]


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (Type.TEXT, " Ann O'Neil ", "Ann O'Neil"),
        (Type.TEXT, 7, "7"),
        (Type.DIGITS, "0042", "0042"),
        (Type.INTEGER, "-42", -42),
        (Type.INTEGER, 42, 42),
        (Type.DECIMAL, "12.50", Decimal("12.50")),
        (Type.DATE, "2027-05-03", date(2027, 5, 3)),
        (Type.DATE, "20270503", date(2027, 5, 3)),
        (Type.DATE, date(2027, 5, 3), date(2027, 5, 3)),
    ],
)
def test_what_is_given_becomes_its_type(kind: Type, given: Any, expected: Any) -> None:
    found = bound(Parameter(type=kind), given)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Type.DIGITS, "12a"),
        (Type.DIGITS, "١٢"),
        (Type.DIGITS, "-1"),
        (Type.INTEGER, "1.5"),
        (Type.INTEGER, "9" * 19),
        (Type.INTEGER, 10**400),
        (Type.DECIMAL, "NaN"),
        (Type.DECIMAL, "1e999999"),
        (Type.DECIMAL, float("inf")),
        (Type.DATE, "2027-02-30"),
        (Type.DATE, "03.05.2027"),
        (Type.TEXT, "x" * 65),
        (Type.TEXT, "a\0b"),
        (Type.TEXT, "\ud800"),
        (Type.TEXT, ["a"]),
        (Type.TEXT, {"a": 1}),
        (Type.TEXT, True),
        (Type.TEXT, None),
        (Type.TEXT, ""),
    ],
)
def test_what_is_not_of_its_type_is_refused_by_name(kind: Type, given: Any) -> None:
    with pytest.raises(ParameterInvalid, match='query "q", parameter "x"'):
        bound(Parameter(type=kind), given)


def test_a_pattern_must_fit_the_whole_value() -> None:
    rule = Parameter(pattern="[1-9][0-9]{3}")
    assert bound(rule, "1234") == "1234"
    with pytest.raises(ParameterInvalid, match="does not match"):
        bound(rule, "12345")


def test_an_optional_parameter_is_null_and_a_default_steps_in() -> None:
    assert bound(Parameter(optional=True), None) is None
    assert bound(Parameter(optional=True), "") is None
    assert bound(Parameter(type=Type.INTEGER, default="7"), None) == 7


def test_a_parameter_that_nobody_declared_is_refused() -> None:
    with pytest.raises(ParameterInvalid, match='has no parameter "y"; it has: x'):
        bind({"x": Parameter(optional=True)}, {"y": 1}, 'query "q"')


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("a = :a AND b = :b OR a = :a", ["a", "b", "a"]),
        ("':no' = :yes", ["yes"]),
        ("'it''s :no' || :yes", ["yes"]),
        ('":no" = :yes', ["yes"]),
        ("`:no` = :yes", ["yes"]),
        ("-- :no\n:yes /* :no\n */", ["yes"]),
        ("x::text = :yes::text", ["yes"]),
        ("$$ :no $$ || $tag$ :no $tag$ || :yes", ["yes"]),
        ("x[1:n] + :yes", ["yes"]),
        ("E'\\' :no' || :yes", ["yes"]),
        ("'\\' || :yes", ["yes"]),
        ("':unfinished", ["unfinished"]),
        ("12:30", []),
    ],
)
def test_marks_are_found_outside_of_texts_and_remarks(sql: str, found: list[str]) -> None:
    assert names(sql) == found


def test_mysql_reads_backslashes_and_hashes_in_its_own_way() -> None:
    sql = "'\\' :no' = :yes # :no\n AND \"x\\\" :no\" = :yes"
    assert rewrite(sql, lambda name: "?", MYSQL) == ("'\\' :no' = ? # :no\n AND \"x\\\" :no\" = ?")
