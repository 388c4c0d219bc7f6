"""Finds entries of the audit log."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import peewee

from store.fields import clean
from store.models import AuditEntry

LONGEST = 200
"""Characters of a search."""
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; empty: all."""

    text: str = ""
    """In what was there before or after, or in what the subject is called."""
    user: str = ""
    subject: str = ""
    action: str = ""
    since: str = ""
    until: str = ""
    """Days of the paper, `2026-05-31`, both included; what is no day counts as empty."""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        return cls(**{name: _plain(given.get(name, "")) for name in cls.__slots__})

    def as_query(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


def found(wish: Wish, zone: ZoneInfo, before: int = 0) -> Any:
    """The query for all that match, the newest first; `before`: only those with lower numbers."""
    query = AuditEntry.select().order_by(AuditEntry.id.desc())
    if 0 < before <= LARGEST:
        query = query.where(AuditEntry.id < before)
    for condition in _conditions(wish, zone):
        query = query.where(condition)
    return query


def choices(field: peewee.Field) -> list[str]:
    """What there is of it: few different ones in a log of many rows."""
    rows: Any = AuditEntry.select(field).distinct().order_by(field).limit(200).tuples()
    return [row[0] for row in rows if row[0]]


def _conditions(wish: Wish, zone: ZoneInfo) -> Iterator[Any]:
    for field, wanted in (
        (AuditEntry.user, wish.user),
        (AuditEntry.subject, wish.subject),
        (AuditEntry.action, wish.action),
    ):
        if wanted:
            yield field == wanted
    if since := _day(wish.since):
        yield AuditEntry.at >= _midnight(since, zone)
    if until := _day(wish.until):
        yield AuditEntry.at < _midnight(until + timedelta(days=1), zone)
    if wish.text:
        yield _in_texts(wish.text)


def _in_texts(text: str) -> Any:
    """As text of the columns: their JSON is not taken apart for a search."""
    texts = [peewee.Cast(AuditEntry.before, "TEXT"), peewee.Cast(AuditEntry.after, "TEXT")]
    anywhere = AuditEntry.subject_id.contains(text)
    for column in texts:
        anywhere |= peewee.fn.COALESCE(column, "").contains(text)
    return anywhere


def _plain(text: str) -> str:
    return clean(text, LONGEST).strip()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year <= 9000 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
