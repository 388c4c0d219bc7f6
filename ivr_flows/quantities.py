"""Durations, counts of digits and other small values as a flow writes them."""

import re
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ivr_flows.problem import quoted
from ivr_flows.scalars import as_text

PHONE_KEYS = frozenset("0123456789*#")
MAX_SECONDS = 3600.0
"""No single wait of a flow is longer than an hour."""
MAX_DELAY = 30 * 86_400.0
"""Nothing is put off longer than a month."""
MAX_DIGITS = 32
"""Longer than any card, account or telephone number (E.164 has 15 digits)."""

_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(ms|s|m|min|h)", re.ASCII)
_DELAY = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(s|m|min|h|d)", re.ASCII)
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
_RANGE = re.compile(r"(\d{1,3})(?:\.\.(\d{1,3}))?", re.ASCII)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}", re.ASCII)
_VARIABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}", re.ASCII)


def wrong(message: str, hint: str = "") -> PydanticCustomError:
    """A mistake told in our own words; the loader adds its place."""
    return PydanticCustomError("flow", "{message}", {"message": message, "hint": hint})


def parse_duration(value: Any) -> float:
    text = str(as_text(value))
    found = _DURATION.fullmatch(text)
    seconds = float(found[1]) * _UNITS[found[2]] if found else -1.0
    if not 0 <= seconds <= MAX_SECONDS:
        raise wrong(f"bad duration {quoted(text)}, expected 500ms, 5s, 2m (at most 1h)")
    return seconds


def parse_delay(value: Any) -> float:
    text = str(as_text(value))
    found = _DELAY.fullmatch(text)
    seconds = float(found[1]) * _UNITS[found[2]] if found else -1.0
    if not 0 <= seconds <= MAX_DELAY:
        raise wrong(f"bad delay {quoted(text)}, expected 10m, 2h, 3d (at most 30d)")
    return seconds


def parse_digit_range(value: Any) -> tuple[int, int]:
    text = str(as_text(value))
    found = _RANGE.fullmatch(text)
    low = int(found[1]) if found else 0
    high = int(found[2] or found[1]) if found else 0
    if not 1 <= low <= high <= MAX_DIGITS:
        raise wrong(f"bad digits {quoted(text)}, expected 4 or 4..8 (from 1 to {MAX_DIGITS})")
    return low, high


def parse_key(value: Any) -> str:
    text = str(as_text(value))
    if text not in PHONE_KEYS:
        raise wrong(f"{quoted(text)} is not a phone key, expected one of 0 to 9, * or #")
    return text


def parse_finish_key(value: Any) -> str:
    return "" if value in ("", None, "none") else parse_key(value)


def parse_name(value: Any) -> str:
    text = as_text(value)
    if not isinstance(text, str) or not _NAME.fullmatch(text):
        raise wrong(f"bad name {quoted(text)}, expected letters, digits, _ and -, a letter first")
    return text


def parse_variable(value: Any) -> str:
    text = as_text(value)
    if not isinstance(text, str) or not _VARIABLE.fullmatch(text):
        raise wrong(
            f"bad variable name {quoted(text)}, expected letters, digits and _, a letter first"
        )
    if text in RESERVED:
        raise wrong(f"{quoted(text)} is set by the system, expected another name")
    return text


class Several:
    """Marks a list of which a single item may stand for the whole."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(
            lambda value: value if isinstance(value, list | tuple) else [value], handler(source)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


BUILT_IN_VARIABLES = frozenset({"caller", "dialed", "language", "now"})
"""What every text and condition may read."""
RESERVED = BUILT_IN_VARIABLES | {
    "loop", "true", "false", "none", "True", "False", "None", "paper",
    "and", "or", "not", "if", "else", "for", "in", "is",
}  # fmt: skip

Word = Annotated[str, BeforeValidator(as_text), Field(max_length=500)]
Name = Annotated[str, PlainValidator(parse_name), WithJsonSchema({"type": "string"})]
Variable = Annotated[str, PlainValidator(parse_variable), WithJsonSchema({"type": "string"})]
StepName = Annotated[
    str, PlainValidator(parse_name), WithJsonSchema({"type": "string", "format": "step"})
]
Duration = Annotated[
    float,
    PlainValidator(parse_duration),
    WithJsonSchema({"type": "string", "title": "duration", "pattern": _DURATION.pattern}),
]
Delay = Annotated[
    float,
    PlainValidator(parse_delay),
    WithJsonSchema({"type": "string", "title": "delay", "pattern": _DELAY.pattern}),
]
"""As a duration, for what happens when nobody waits on the line."""
DigitRange = Annotated[
    tuple[int, int],
    PlainValidator(parse_digit_range),
    WithJsonSchema({"type": ["string", "integer"], "title": "digits"}),
]
Key = Annotated[
    str,
    PlainValidator(parse_key),
    WithJsonSchema({"type": ["string", "integer"], "title": "phone key"}),
]
FinishKey = Annotated[
    str,
    PlainValidator(parse_finish_key),
    WithJsonSchema({"type": ["string", "null"], "title": "phone key or none"}),
]
SEVERAL = Several()
Attempts = Annotated[int, Field(ge=1, le=10)]
