"""Typed parameters of queries: what a caller keyed becomes a value that is bound, never pasted."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from desk.errors import ParameterInvalid

Bound = str | int | Decimal | date | None
MAX_INTEGER = 1 << 63
DECIMAL = re.compile(r"[+-]?\d{1,20}(\.\d{1,10})?", re.ASCII)
INTEGER = re.compile(r"[+-]?\d{1,19}", re.ASCII)


class Type(StrEnum):
    TEXT = "text"
    DIGITS = "digits"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return pattern


class Parameter(BaseModel):
    """What one `:name` of a query may be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Type = Type.TEXT
    max_length: int = Field(64, ge=1, le=1_000)
    """In characters."""
    pattern: Annotated[str, Field(max_length=200), AfterValidator(_compiles)] = ""
    """A regular expression that the whole text must match."""
    optional: bool = False
    """NULL when it is not given."""
    default: str | None = None
    """Taken when it is not given."""


def bind(
    declared: Mapping[str, Parameter], given: Mapping[str, Any], where: str
) -> dict[str, Bound]:
    """The values to bind. Raises `ParameterInvalid`, naming `where`."""
    for name in given:
        if name not in declared:
            known = ", ".join(declared) or "none"
            raise ParameterInvalid(f'{where} has no parameter "{name:.64}"; it has: {known}')
    return {name: _bound(rule, given.get(name), f'{where}, parameter "{name}"')
            for name, rule in declared.items()}  # fmt: skip


def _bound(rule: Parameter, value: Any, where: str) -> Bound:
    if value is None or value == "":
        value = rule.default
    if value is None:
        if rule.optional:
            return None
        raise ParameterInvalid(f"{where} is missing")
    text = _text(value, where)
    if len(text) > rule.max_length:
        raise ParameterInvalid(f"{where}: expected at most {rule.max_length} characters")
    if rule.pattern and not re.fullmatch(rule.pattern, text):
        raise ParameterInvalid(f"{where}: {text[:64]!r} does not match {rule.pattern!r}")
    try:
        return CONVERT[rule.type](text)
    except ValueError as error:
        raise ParameterInvalid(f"{where}: expected {error}, not {text[:64]!r}") from error


def _text(value: Any, where: str) -> str:
    """Plain values only; datetimes and dates in ISO form."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal | date):
        raise ParameterInvalid(f"{where}: expected a text, number or date, not {type(value)}")
    if isinstance(value, int) and abs(value) >= MAX_INTEGER:
        raise ParameterInvalid(f"{where}: the number is too large")
    if isinstance(value, datetime):
        value = value.date()
    text = str(value).strip()
    if not text.isprintable():  # nor are NUL and lone surrogates, which no database takes
        raise ParameterInvalid(f"{where} holds characters that cannot be printed")
    return text


def _digits(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("digits")
    return text


def _integer(text: str) -> int:
    if not INTEGER.fullmatch(text) or abs(int(text)) >= MAX_INTEGER:
        raise ValueError("a whole number of at most 18 digits")
    return int(text)


def _decimal(text: str) -> Decimal:
    if not DECIMAL.fullmatch(text):
        raise ValueError("a number such as 12.50")
    return Decimal(text)


def _date(text: str) -> date:
    """As written (2027-05-03) or as keyed (20270503)."""
    for form in ("%Y-%m-%d", "%Y%m%d"):
        if len(text) == (10 if "-" in form else 8):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
    raise ValueError("a date such as 2027-05-03 or 20270503")


CONVERT: Mapping[Type, Callable[[str], Bound]] = {
    Type.TEXT: str,
    Type.DIGITS: _digits,
    Type.INTEGER: _integer,
    Type.DECIMAL: _decimal,
    Type.DATE: _date,
}
