"""What lies in a mailbox: how many messages, and a page of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

from peewee import fn

from ivr_flows.ports import Party
from store.database import translated
from store.models import Mailbox, Message
from store.models.message import MessageState
from voicemail.ports import PAGE, Box, Counts, Folder, Letter

HELD = (MessageState.NEW, MessageState.SAVED)
"""What is heard by phone, and fills a mailbox."""
KEPT = (*HELD, MessageState.ARCHIVED)


@translated()
def counts(box: Box) -> Counts:
    return _counts(Message.mailbox == box.id).get(box.id, Counts())


@translated()
def lamps() -> Mapping[str, Counts]:
    """What each desk phone's lamp is to show, by the phone's number; of several boxes, the sum."""
    phones = {row.id: row.phones for row in Mailbox.select(Mailbox.id, Mailbox.phones)}
    lit = {box for box, names in phones.items() if names}
    found = _counts(Message.mailbox.in_(lit)) if lit else {}
    shown: dict[str, Counts] = {}
    for box in lit:
        for phone in phones[box]:
            shown[str(phone)] = _sum(shown.get(str(phone), Counts()), found.get(box, Counts()))
    return shown


@translated()
def letters(root: Path, zone: tzinfo, box: Box, folder: Folder, skip: int = 0) -> Sequence[Letter]:
    """A page of messages from number `skip` on: urgent ones first, then the oldest.

    `root` is the voicemail folder; times are told in `zone`.
    """
    rows = _page(box.id, str(folder), max(0, skip))
    titles = _titles({row.forwarded_by for row in rows if row.forwarded_by})
    return [_letter(row, root, zone, titles) for row in rows]


def held(row: Mailbox) -> int:
    """New and saved messages together."""
    here = (Message.mailbox == row.id) & Message.state.in_(HELD)
    return int(Message.select().where(here).count())


def _counts(boxes: Any) -> dict[int, Counts]:
    rows: Any = (
        Message.select(Message.mailbox, Message.state, Message.urgent, fn.COUNT(1))
        .where(boxes, Message.state.in_(HELD))
        .group_by(Message.mailbox, Message.state, Message.urgent)
        .tuples()
    )
    found: dict[int, dict[tuple[str, bool], int]] = defaultdict(dict)
    for box, state, urgent, count in rows:
        found[box][state, bool(urgent)] = count
    return {box: _tally(by) for box, by in found.items()}


def _tally(by: Mapping[tuple[str, bool], int]) -> Counts:
    urgent_new, urgent_saved = by.get(("new", True), 0), by.get(("saved", True), 0)
    new, saved = by.get(("new", False), 0), by.get(("saved", False), 0)
    return Counts(new + urgent_new, saved + urgent_saved, urgent_new, urgent_saved)


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(
        one.new + other.new,
        one.saved + other.saved,
        one.urgent_new + other.urgent_new,
        one.urgent_saved + other.urgent_saved,
    )


def _page(box: int, state: str, skip: int) -> Sequence[Message]:
    """Two questions, because no index is ordered by urgency downwards and by time upwards."""
    urgent, rest = (_ordered(box, state, urgent=flag) for flag in (True, False))
    page = list(urgent.limit(PAGE).offset(skip))
    if len(page) == PAGE:
        return page
    passed = max(0, skip - (urgent.count() if skip else 0))
    return page + list(rest.limit(PAGE - len(page)).offset(passed))


def _ordered(box: int, state: str, *, urgent: bool) -> Any:
    here = (Message.mailbox == box) & (Message.state == state) & (Message.urgent == urgent)
    return Message.select().where(here).order_by(Message.started_at, Message.id)


def _titles(names: Iterable[str]) -> Mapping[str, str]:
    wanted = list(names)
    if not wanted:
        return {}
    return {row.name: row.title for row in Mailbox.select().where(Mailbox.name.in_(wanted))}


def _letter(row: Message, root: Path, zone: tzinfo, titles: Mapping[str, str]) -> Letter:
    return Letter(
        id=row.id,
        path=root / row.path,
        started_at=row.started_at.astimezone(zone),
        seconds=row.seconds,
        caller=Party(row.caller_number, row.caller_name, row.withheld),
        urgent=row.urgent,
        callback_number=row.callback_number,
        comment=root / row.comment_path if row.comment_path else None,
        forwarded_by=titles.get(row.forwarded_by) or row.forwarded_by,
    )
