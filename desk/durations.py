"""Lengths of time as people write them: `500ms`, `2s`, `30m`, `26h`, `7d`."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
WRITTEN = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)\s*(ms|s|m|h|d)", re.ASCII)


def seconds(value: Any) -> Any:
    """A written length in seconds; anything else is left for pydantic to judge."""
    if not isinstance(value, str):
        return value
    found = WRITTEN.fullmatch(value.strip())
    if not found:
        raise ValueError("expected a length such as 2s, 30m or 26h")
    return float(found[1]) * UNITS[found[2]]


def written(length: float) -> str:
    """The shortest way to write `length` seconds."""
    for unit in ("d", "h", "m", "s"):
        if length >= UNITS[unit] and length % UNITS[unit] == 0:
            return f"{length / UNITS[unit]:.0f}{unit}"
    return f"{length:.6f}".rstrip("0").rstrip(".") + "s"


Seconds = Annotated[float, BeforeValidator(seconds)]
