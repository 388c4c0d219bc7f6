"""What a change altered, field by field."""

import json
from dataclasses import dataclass
from typing import Any

from admin.audit import HIDDEN
from store.models import AuditEntry

EMPTY: tuple[Any, ...] = ("", None, [], {})
LONGEST = 2_000
"""Characters of one value on the page; the export has them all."""


@dataclass(frozen=True, slots=True)
class Difference:
    name: str
    before: str | None
    after: str | None
    """None where there was nothing."""


def differences(entry: AuditEntry) -> list[Difference]:
    before, after = _fields(entry.before), _fields(entry.after)
    names = [*before, *(name for name in after if name not in before)]
    return [
        Difference(name, _shown(name, before), _shown(name, after))
        for name in names
        if _differs(name, before, after)
    ]


def _differs(name: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """A secret that was changed reads the same before and after. What was, or is, not filled in
    when something is made or removed tells nobody anything."""
    if name in before and name in after:
        return bool(before[name] != after[name] or after[name] == HIDDEN)
    return {**before, **after}[name] not in EMPTY


def _fields(state: Any) -> dict[str, Any]:
    return state if isinstance(state, dict) else {"": state} if state is not None else {}


def _shown(name: str, fields: dict[str, Any]) -> str | None:
    if name not in fields:
        return None
    value = fields[name]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
