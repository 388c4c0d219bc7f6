"""What somebody changed, kept for ever: one row for each change, in its own transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import peewee
from flask import has_request_context, request

from store.models import AuditEntry

from .access.current import user_name

HIDDEN = "(hidden)"
SECRET_WORDS = ("password", "pin", "secret", "hash", "digest", "token")
"""A field with one of these in its name is kept as changed, never what it held."""
LONGEST = 20_000
"""Characters kept of one value; a flow's text has versions of its own."""

State = Mapping[str, Any] | None


def record(
    action: str, subject: str, id: Any = "", before: State = None, after: State = None
) -> None:
    """Keep one change. Of two states only what differs is kept."""
    before, after = _differing(before, after)
    AuditEntry.create(
        user=user_name(),
        address=(request.remote_addr or "")[:64] if has_request_context() else "",
        action=action,
        subject=subject,
        subject_id=str(id)[:100],
        before=before,
        after=after,
    )


def state_of(row: peewee.Model) -> dict[str, Any]:
    """A row's fields as plain data."""
    return {name: _plain(value) for name, value in row.__data__.items()}


def _differing(before: State, after: State) -> tuple[State, State]:
    if before is not None and after is not None:
        changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
        before = {name: value for name, value in before.items() if name in changed}
        after = {name: value for name, value in after.items() if name in changed}
    return _shown(before), _shown(after)


def _shown(state: State) -> State:
    if state is None:
        return None
    return {name: HIDDEN if _is_secret(name) else _short(state[name]) for name in state}


def _is_secret(name: str) -> bool:
    return any(word in SECRET_WORDS for word in name.lower().split("_"))


def _short(value: Any) -> Any:
    return value[:LONGEST] if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)
