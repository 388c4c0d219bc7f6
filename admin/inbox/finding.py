"""A page of messages, quickly: by mailbox and index, or by the words that are searched for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import peewee
from peewee import fn

from admin.access.current import current_user
from store.fields import as_stored
from store.message_search import MOST_FOUND, hits
from store.models import Message, MessageAssignment, MessageIndex
from store.models.message import MessageState

from .access import SHOWN, Sight, within
from .wanted import Wanted

PAGE = 50
KEY = (Message.urgent, Message.started_at, Message.id)
Key = tuple[bool, datetime, str]
"""By which a list is ordered: whether it is urgent, when it was left, its id."""


@dataclass(frozen=True, slots=True)
class Found:
    messages: Sequence[Message] = field(default_factory=list)
    after: str = ""
    """Where the next page begins; empty: this is the last one."""


def find(wanted: Wanted, zone: ZoneInfo) -> Found:
    if not wanted.places or (wanted.search and not wanted.sought):
        return Found()
    return _searched(wanted, zone) if wanted.sought else _listed(wanted, zone)


def new_ones(sight: Sight) -> Mapping[int | None, int]:
    """How many new messages lie in each mailbox. Of others it would take long to count them."""
    rows: Any = (
        Message.select(Message.mailbox, fn.COUNT(1))
        .where(within(sight.places), Message.state == MessageState.NEW)
        .group_by(Message.mailbox)
        .tuples()
    )
    return dict(rows)


def _listed(wanted: Wanted, zone: ZoneInfo) -> Found:
    """Urgent ones first, then the newest.

    Each mailbox is asked by itself: of an index that begins with the mailbox the first rows are
    then all that is read, however many messages there are.
    """
    if wanted.number or wanted.mine:
        found = _of_few(_few(wanted), wanted, zone)
    else:
        found = [key for place in wanted.places for key in _of_place(place, wanted, zone)]
    found.sort(reverse=True)
    page = [id for _, _, id in found[:PAGE]]
    rows = {row.id: row for row in Message.select().where(Message.id.in_(page))}
    messages = [rows[id] for id in page if id in rows]
    return Found(messages, _mark(*found[PAGE - 1]) if len(found) > PAGE else "")


def _of_place(place: int | None, wanted: Wanted, zone: ZoneInfo) -> Sequence[Key]:
    here = Message.mailbox.is_null() if place is None else Message.mailbox == place
    rows = Message.select(*KEY).where(here, Message.state == wanted.state)
    rows = _filtered(rows, wanted, zone)
    if begin := _read_mark(wanted.after):
        rows = rows.where(peewee.Tuple(*KEY) < peewee.Tuple(*begin))
    return list(rows.order_by(*(part.desc() for part in KEY)).limit(PAGE + 1).tuples())


def _few(wanted: Wanted) -> Sequence[str]:
    """The newest with that number, or that are the user's to see to: found without regard to the
    mailboxes first, as few are."""
    rows = Message.select(Message.id).order_by(Message.started_at.desc())
    rows = _of_number(_of_mine(rows, wanted), wanted)
    return [id for (id,) in rows.limit(MOST_FOUND).tuples()]


def _of_few(ids: Sequence[str], wanted: Wanted, zone: ZoneInfo) -> list[Key]:
    """Looked at one by one: asked for the mailbox, too, SQLite would go through all of it."""
    rows = Message.select(*KEY, Message.mailbox, Message.state).where(Message.id.in_(ids))
    begin = _read_mark(wanted.after)
    last = (begin[0], begin[1].replace(tzinfo=UTC), begin[2]) if begin else None
    return [
        (urgent, at, id)
        for urgent, at, id, place, state in _filtered(rows, wanted, zone).tuples()
        if place in wanted.places
        and state == wanted.state
        and not (last and (urgent, at, id) >= last)
    ]


def _searched(wanted: Wanted, zone: ZoneInfo) -> Found:
    """In all states but that of the bin, the newest first."""
    words = hits(wanted.sought, wanted.places)
    number = MessageIndex.id.alias("number")
    rows = Message.select(Message, number).join(MessageIndex, on=MessageIndex.message == Message.id)
    kept = [state for state in SHOWN if state != MessageState.DELETED]
    rows = rows.where(MessageIndex.id.in_(words), Message.state.in_(kept), within(wanted.places))
    rows = _of_number(_of_mine(_filtered(rows, wanted, zone), wanted), wanted)
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
    return rows


def _of_mine(rows: Any, wanted: Wanted) -> Any:
    if not wanted.mine:
        return rows
    mine = MessageAssignment.select(MessageAssignment.message)
    return rows.where(Message.id.in_(mine.where(MessageAssignment.user == current_user())))


def _of_number(rows: Any, wanted: Wanted) -> Any:
    """Only digits are left of what was asked: nothing in it means more to the database."""
    if not wanted.number:
        return rows
    if not wanted.digits:
        return rows.where(peewee.SQL("1 = 0"))
    called = Message.caller_number.contains(wanted.digits) & ~Message.withheld
    return rows.where(called | Message.callback_number.contains(wanted.digits))


def _mark(urgent: bool, started_at: datetime, id: str) -> str:
    return f"{int(urgent)} {as_stored(started_at).isoformat()} {id}"


def _read_mark(text: str) -> Key | None:
    """None for what is none of ours: the first page then."""
    urgent, _, rest = text.partition(" ")
    at, _, id = rest.partition(" ")
    try:
        return urgent == "1", datetime.fromisoformat(at).replace(tzinfo=None), id
    except ValueError:
        return None
