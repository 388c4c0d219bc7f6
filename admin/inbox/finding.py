"""A page of messages, quickly: by mailbox and index, or by the words that are searched for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import peewee
from peewee import fn

from admin.access.current import current_user
from store.fields import as_stored
from store.message_search import hits
from store.models import Message, MessageAssignment, MessageIndex

from .access import SHOWN, Sight, within
from .wanted import Wanted

PAGE = 50
Counts = Mapping[tuple[int | None, str], int]


@dataclass(frozen=True, slots=True)
class Found:
    messages: Sequence[Message] = field(default_factory=list)
    after: str = ""
    """Where the next page begins; empty: this is the last one."""


def find(wanted: Wanted, zone: ZoneInfo) -> Found:
    if not wanted.places or (wanted.search and not wanted.sought):
        return Found()
    return _searched(wanted, zone) if wanted.sought else _listed(wanted, zone)


def counts(sight: Sight) -> Counts:
    """How many messages lie where, by mailbox and state."""
    rows: Any = (
        Message.select(Message.mailbox, Message.state, fn.COUNT(1))
        .where(within(sight.places), Message.state.in_(SHOWN))
        .group_by(Message.mailbox, Message.state)
        .tuples()
    )
    return {(mailbox, state): count for mailbox, state, count in rows}


def _listed(wanted: Wanted, zone: ZoneInfo) -> Found:
    """Urgent ones first, then the newest.

    Each mailbox is asked by itself: of an index that begins with the mailbox the first rows are
    then all that is read, however many messages there are.
    """
    found = [row for place in wanted.places for row in _of_place(place, wanted, zone)]
    found.sort(key=_key, reverse=True)
    page = found[:PAGE]
    return Found(page, _mark(page[-1]) if len(found) > PAGE else "")


def _of_place(place: int | None, wanted: Wanted, zone: ZoneInfo) -> Sequence[Message]:
    here = Message.mailbox.is_null() if place is None else Message.mailbox == place
    rows = _filtered(Message.select().where(here, Message.state == wanted.state), wanted, zone)
    if begin := _read_mark(wanted.after):
        key = peewee.Tuple(Message.urgent, Message.started_at, Message.id)
        rows = rows.where(key < peewee.Tuple(*begin))
    order = (Message.urgent.desc(), Message.started_at.desc(), Message.id.desc())
    return list(rows.order_by(*order).limit(PAGE + 1))


def _searched(wanted: Wanted, zone: ZoneInfo) -> Found:
    """In all states but that of the bin, the newest first."""
    words = hits(wanted.sought, wanted.places)
    number = MessageIndex.id.alias("number")
    rows = Message.select(Message, number).join(MessageIndex, on=MessageIndex.message == Message.id)
    kept = [state for state in SHOWN if state != "deleted"]
    rows = rows.where(MessageIndex.id.in_(words), Message.state.in_(kept), within(wanted.places))
    rows = _filtered(rows, wanted, zone)
    if wanted.after.isascii() and wanted.after.isdigit():
        rows = rows.where(MessageIndex.id < int(wanted.after[:15]))
    found = list(rows.order_by(MessageIndex.id.desc()).limit(PAGE + 1).objects())
    page = found[:PAGE]
    return Found(page, str(page[-1].number) if len(found) > PAGE else "")


def _filtered(rows: Any, wanted: Wanted, zone: ZoneInfo) -> Any:
    begin, end = wanted.period(zone)
    if begin:
        rows = rows.where(Message.started_at >= begin)
    if end:
        rows = rows.where(Message.started_at < end)
    if wanted.urgent:
        rows = rows.where(Message.urgent)
    if wanted.number:
        rows = rows.where(_has_number(wanted.digits))
    if wanted.mine:
        mine = MessageAssignment.select(MessageAssignment.message)
        rows = rows.where(Message.id.in_(mine.where(MessageAssignment.user == current_user())))
    return rows


def _has_number(digits: str) -> Any:
    """Only digits are left of what was asked: nothing in it means more to the database."""
    if not digits:
        return peewee.SQL("1 = 0")
    called = Message.caller_number.contains(digits) & ~Message.withheld
    return called | Message.callback_number.contains(digits)


def _key(row: Message) -> tuple[bool, datetime, str]:
    return bool(row.urgent), row.started_at, row.id


def _mark(row: Message) -> str:
    return f"{int(row.urgent)} {as_stored(row.started_at).isoformat()} {row.id}"


def _read_mark(text: str) -> tuple[bool, datetime, str] | None:
    """None for what is none of ours: the first page then."""
    urgent, _, rest = text.partition(" ")
    at, _, id = rest.partition(" ")
    try:
        return urgent == "1", datetime.fromisoformat(at).replace(tzinfo=None), id
    except ValueError:
        return None
