"""Finds `:name` in a query and writes it the way a driver binds it.

Only for binding: whether a query writes is the connection's business, not this module's.
"""

import re
from collections.abc import Callable, Sequence

TEXT = r"'(?:[^']|'')*'"
ESCAPED = r"'(?:[^'\\]|''|\\.)*'"
"""A text in which a backslash escapes: all of MySQL's, and PostgreSQL's E'…'."""
DOUBLE_ESCAPED = r"\"(?:[^\"\\]|\"\"|\\.)*\""
REST = (
    r"\"(?:[^\"]|\"\")*\"|`[^`]*`"  # quoted names
    r"|--[^\n]*|/\*.*?\*/"  # remarks
    r"|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$"  # PostgreSQL's dollar quotes
    r"|::"  # PostgreSQL's casts
    r"|(?<![\w:]):(?P<name>[A-Za-z_]\w*)"  # ours; not the 1:n of a slice
)
STANDARD = re.compile(rf"[eE]{ESCAPED}|{TEXT}|{REST}", re.DOTALL)
MYSQL = re.compile(rf"{ESCAPED}|{DOUBLE_ESCAPED}|#[^\n]*|{REST}", re.DOTALL)


def names(sql: str, pattern: re.Pattern[str] = STANDARD) -> Sequence[str]:
    """Each name as often as it stands there."""
    return [found["name"] for found in pattern.finditer(sql) if found["name"]]


def rewrite(sql: str, mark: Callable[[str], str], pattern: re.Pattern[str] = STANDARD) -> str:
    """`sql` with `mark(name)` in place of each `:name`."""

    def written(found: re.Match[str]) -> str:
        return mark(found["name"]) if found["name"] else found[0]

    return pattern.sub(written, sql)
