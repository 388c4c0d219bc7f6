"""Seal what stands in clear, from before there was a key or from a hand-made change."""

from collections.abc import Iterator

from peewee import Table

from store.database import database, is_sqlite, translated, writing
from store.fields import SecretField
from store.models import ALL
from store.secrecy import MARK, seal


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


def secrets() -> Iterator[SecretField]:
    """Every field of the store that holds a secret."""
    for model in ALL:
        for field in model._meta.sorted_fields:
            if isinstance(field, SecretField):
                yield field


def _seal_column(field: SecretField) -> int:
    """By a bare table: the model's own field would open what it reads."""
    meta = field.model._meta
    key, column = meta.primary_key.column_name, field.column_name
    table = Table(meta.table_name).bind(database.obj)
    kept, name = getattr(table.c, column), getattr(table.c, key)
    in_clear = (kept != "") & ~kept.startswith(MARK)
    rows = list(table.select(name, kept).where(in_clear).tuples())
    for row, text in rows:
        table.update({kept: seal(text)}).where(name == row).execute()
    return len(rows)
