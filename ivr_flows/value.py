"""Values that a flow hands on: constants, or templates that keep the type of what they name."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from ivr_flows.conditions import BadCondition, Condition, compile_condition
from ivr_flows.problem import Fault, quoted
from ivr_flows.scalars import PlainInt, as_text
from ivr_flows.templates import Template
from ivr_flows.text import parse_template, refused

MAX_TEXT = 10_000
"""Longest text that a variable may hold, in characters."""
MAX_ITEMS = 1_000
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Value:
    constant: Any = None
    template: Template | None = None

    @property
    def reads(self) -> frozenset[str]:
        return self.template.reads if self.template else frozenset()

    def of(self, names: dict[str, Any], language: str) -> Any:
        """Raises `TextFailed`."""
        return self.template.value(names, language) if self.template else self.constant


def parse_value(value: Any, info: ValidationInfo) -> Value:
    if isinstance(value, str):
        template = parse_template(value, info)
        return Value(constant=value) if template.constant else Value(template=template)
    if isinstance(value, PlainInt):
        # 0123 is a subscriber's number, not 123.
        return Value(constant=value.raw if value.raw != str(int(value)) else int(value))
    if isinstance(value, dict | list):
        raise refused([Fault((), f"{quoted(value)} is not a single value")])
    return Value(constant=value)


def parse_condition(value: Any) -> Condition:
    text = as_text(value)
    if isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str):
        raise refused([Fault((), f"{quoted(text)} is not a condition")])
    try:
        return compile_condition(text)
    except BadCondition as error:
        raise refused([Fault((), str(error), error.hint)]) from error


def bounded(value: Any, depth: int = 0) -> Any:
    """Data from outside in plain types, no larger than a phone call can use."""
    if value is None or isinstance(value, bool | int | float | Decimal | date | time | datetime):
        return value
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if depth >= MAX_DEPTH:
        return None
    if isinstance(value, dict):
        items = list(value.items())[:MAX_ITEMS]
        return {str(key)[:100]: bounded(item, depth + 1) for key, item in items}
    if isinstance(value, list | tuple):
        return [bounded(item, depth + 1) for item in value[:MAX_ITEMS]]
    return str(value)[:MAX_TEXT]


ValueField = Annotated[
    Value,
    PlainValidator(parse_value),
    WithJsonSchema({"type": ["string", "number", "boolean", "null"], "title": "value"}),
]
ConditionField = Annotated[
    Condition,
    PlainValidator(parse_condition),
    WithJsonSchema({"type": ["string", "boolean"], "title": "condition"}),
]
