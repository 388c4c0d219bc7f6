"""Values on their way into the store: times in UTC, texts without what a database refuses."""

import json
from datetime import UTC, datetime
from typing import Any

import peewee

from store import secrecy
from store.errors import SecretLocked


def as_stored(moment: datetime) -> datetime:
    """The naive UTC time that is stored for an aware one; a naive one is UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def now() -> datetime:
    """The present in UTC."""
    return datetime.now(UTC)


def clean(text: str, limit: int) -> str:
    """`text` cut to `limit` characters, without NUL and lone surrogates.

    PostgreSQL refuses NUL in text; neither database takes lone surrogates.
    """
    if text.isascii() and "\0" not in text:
        return text[:limit]
    return text[:limit].replace("\0", "").encode("utf-8", "replace").decode("utf-8")


class UtcField(peewee.DateTimeField):
    """A moment: UTC in the store, aware in Python."""

    def db_value(self, value: Any) -> Any:
        moment = as_stored(value) if isinstance(value, datetime) else value
        return super().db_value(moment)  # type: ignore[no-untyped-call]

    def python_value(self, value: Any) -> Any:
        found = super().python_value(value)  # type: ignore[no-untyped-call]
        return found.replace(tzinfo=UTC) if isinstance(found, datetime) else found


class JsonField(peewee.TextField):
    """Plain data kept as JSON text: the same on SQLite and PostgreSQL."""

    def db_value(self, value: Any) -> Any:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def python_value(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


class SecretField(peewee.TextField):
    """A secret: clear in Python, sealed in the store. Nothing but "" can be searched for.

    With the wrong key it is a `secrecy.Locked`: a box that has lost its key still answers calls.
    """

    def db_value(self, value: Any) -> Any:
        return None if value is None else secrecy.seal(value)

    def python_value(self, value: Any) -> Any:
        if value is None:
            return None
        try:
            return secrecy.unseal(str(value))
        except SecretLocked:
            return secrecy.Locked(value)
