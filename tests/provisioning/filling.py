"""A home with rows in every table and files in every folder."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import peewee

from store.database import database
from store.fields import JsonField
from store.models import ALL

ROWS = 3
EPOCH = datetime(2026, 11, 22, 3, 4, 5, 678_901, tzinfo=UTC)
HOSTILE = "Zoë 新闻 \t'\"\\N \n\\. {{x}} <b>&amp; %s"
"""What SQL, COPY, JSON, XML and templates have words for."""
_count = itertools.count(1)


def fill_store() -> None:
    """Some rows in every table of the open store."""
    for model in peewee.sort_models(ALL):
        for _ in range(ROWS):
            add_row(model)


def add_row(model: type[peewee.Model]) -> None:
    number = next(_count)
    values = {field: _value(field, number) for field in _fields(model)}
    model.insert(values).execute()


def fill_folders(home: Path) -> None:
    for folder in ("voicemail/2026/11/22", "recordings/2026/11/22", "own-prompts", "spool/calls"):
        (home / folder).mkdir(parents=True, exist_ok=True)
        for name in ("one.wav", "zwei ü.wav", "with\nline end.wav"):
            (home / folder / name).write_bytes(f"{folder}/{name}".encode() * 5_000)
    (home / "secrets.toml").write_text('esl_password = "x"\n')
    (home / "secrets.toml").chmod(0o600)
    (home / "pressline.toml").write_text("# the paper's\n")
    (home / "spool" / "store.journal").write_text('{"job": "lost"}\n')
    (home / "prompts").mkdir(exist_ok=True)
    (home / "prompts" / "made-anew.wav").write_bytes(b"never in a backup")


def _fields(model: type[peewee.Model]) -> Iterator[peewee.Field]:
    for field in model._meta.sorted_fields:
        if not isinstance(field, peewee.AutoField):
            yield field


def _value(field: peewee.Field, number: int) -> Any:
    if isinstance(field, peewee.ForeignKeyField):
        return _row_of(field.rel_model, field.rel_field, number)
    if isinstance(field, JsonField):
        return [HOSTILE, number]
    if isinstance(field, peewee.BooleanField):
        return number % 2 == 0
    if isinstance(field, peewee.IntegerField):
        return number
    if isinstance(field, peewee.FloatField):
        return number + 0.1
    if isinstance(field, peewee.DateTimeField):
        return EPOCH + timedelta(seconds=number)
    if isinstance(field, peewee.BlobField):
        return bytes(range(256))
    return f"{number} {HOSTILE}"[: getattr(field, "max_length", None) or 500]


def _row_of(model: type[peewee.Model], key: peewee.Field, number: int) -> Any:
    """A row that is there already; each of them in turn, for columns that must differ."""
    keys = [row[0] for row in model.select(key).order_by(key).tuples()]
    return keys[number % len(keys)] if keys else None


def tables() -> list[str]:
    return sorted(database.get_tables())
