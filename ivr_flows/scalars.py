"""Single values of a YAML file, and how they were written."""

from datetime import date, datetime
from typing import Any

KINDS = frozenset({"str", "int", "float", "bool", "null", "timestamp", "merge", "value"})
"""YAML's own tags; others are refused."""


class PlainInt(int):
    """A number that remembers how it was written: 0123 is a phone number to somebody."""

    raw: str = ""


def plain_value(kind: str, raw: str) -> Any:
    """Raises `ValueError` where it only looks like a number or a date."""
    match kind:
        case "int":
            number = PlainInt(int(raw.replace("_", "").lstrip("0") or "0"))
            number.raw = raw
            return number
        case "float":
            return float(raw.replace("_", ""))
        case "bool":
            return raw.lower() == "true"
        case "null":
            return None
        case "timestamp":
            return date.fromisoformat(raw) if len(raw) <= 10 else datetime.fromisoformat(raw)
        case _:
            return raw


def as_text(value: Any) -> Any:
    """What was written, where YAML made a number or a date of it; others unchanged."""
    if isinstance(value, PlainInt):
        return value.raw
    if isinstance(value, date):
        return value.isoformat()
    return value
