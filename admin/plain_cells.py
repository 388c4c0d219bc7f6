"""Cells of exported tables that a spreadsheet must not take for formulas."""

from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell must not begin with (OWASP, CSV Injection)."""


def harmless(value: Any) -> Any:
    """The same value; texts that would be run get an apostrophe before them."""
    if isinstance(value, str) and value.lstrip(" ").startswith(STARTS):
        return f"'{value}"
    return value
