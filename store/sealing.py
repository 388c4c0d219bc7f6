"""Seal what stands in clear, from before there was a key or from a hand-made change."""

from collections.abc import Iterator
from typing import Any

from peewee import Table

from store.database import database, is_sqlite, translated, writing
from store.errors import SecretLocked
from store.fields import SecretField
from store.models import ALL
from store.secrecy import MARK, seal, unseal


@translated()
def seal_all() -> int:
    """Seal every secret that is stored in clear; how many. Raises `SecretLocked`.

    Doing it twice changes nothing. SQLite writes over the old texts; PostgreSQL's own files and
    logs forget them when it cleans up, and older backups still hold them.
    """
    if is_sqlite():
        database.execute_sql("PRAGMA secure_delete = ON")
    with writing():
        sealed = sum(_seal_column(field) for field in secrets())
    if sealed and is_sqlite():
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # the old texts stand there, too
    return sealed


@translated()
def locked() -> int:
    """How many secrets cannot be opened with the key that there is."""
    return sum(not _opens(text) for field in secrets() for text in _texts(field))


def _texts(field: SecretField) -> list[str]:
    table, _, kept = _columns(field)
    return [text for (text,) in table.select(kept).where(kept != "").tuples()]


def _opens(text: str) -> bool:
    try:
        unseal(text)
    except SecretLocked:
        return False
    return True


def secrets() -> Iterator[SecretField]:
    """Every field of the store that holds a secret."""
    for model in ALL:
        for field in model._meta.sorted_fields:
            if isinstance(field, SecretField):
                yield field


def _columns(field: SecretField) -> tuple[Any, Any, Any]:
    """The bare table, its key and the secret: the model's own field would open what it reads."""
    meta = field.model._meta
    table = Table(meta.table_name).bind(database.obj)
    key = getattr(table.c, meta.primary_key.column_name)
    return table, key, getattr(table.c, field.column_name)


def _seal_column(field: SecretField) -> int:
    table, name, kept = _columns(field)
    in_clear = (kept != "") & ~kept.startswith(MARK)
    rows = list(table.select(name, kept).where(in_clear).tuples())
    for row, text in rows:
        table.update({kept: seal(text)}).where(name == row).execute()
    return len(rows)
