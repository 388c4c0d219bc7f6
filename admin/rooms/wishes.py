"""What a button of a live page sends: a form of the browser's own, or JSON of a script."""

from collections.abc import Mapping
from typing import Any

from flask import request

from admin.errors import Refused

LONGEST = 2_000
"""Characters taken of one field."""
LARGEST = 2**31 - 1


def wished(longest: int = LONGEST) -> Mapping[str, str]:
    """Fields by name, cut to `longest` characters; whatever else is sent counts for nothing."""
    given: Any = request.get_json(silent=True) if request.is_json else request.form
    if not isinstance(given, Mapping):
        return {}
    return {str(name): _text(value, longest) for name, value in given.items()}


def number(wish: Mapping[str, str], name: str, least: int = 0, most: int = LARGEST) -> int:
    """`least` where nothing is given. Raises `Refused`."""
    text = wish.get(name, "").strip() or str(least)
    try:
        found = int(text[:12])
    except ValueError:
        found = least - 1
    if not least <= found <= most:
        raise Refused(f"{name}: {text[:20]!r}, {least} – {most}")
    return found


def _text(value: Any, longest: int) -> str:
    """Without lone surrogates and NUL, which neither the store nor the switch takes."""
    if not isinstance(value, str | int | float):
        return ""
    text = str(value)[:longest].replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")
