"""A mailbox at the moment when a caller stands before it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from store import holidays
from store.database import translated
from store.errors import HoursInvalid
from store.fields import clean
from store.hours import is_open, parse
from store.models import Greeting as GreetingRow
from store.models import Mailbox
from store.models.mailbox import GreetingKind
from voicemail.boxes.letters import held
from voicemail.boxes.lookup import as_box, row_of
from voicemail.ports import Box, Door, Greeting, Refusal


@translated()
def door(folder: Path, asked: str, greeting: str, now: datetime, *, has_room: bool = True) -> Door:
    """The mailbox `asked` (a name or a number). `greeting` is a kind, or `auto`.

    `now` is the paper's local time; `folder` is the voicemail folder, `has_room` its disk's state.
    """
    row = row_of(asked)
    if row is None:
        return Door(Box(0, clean(asked, 64)), refusal=Refusal.UNKNOWN)
    return Door(as_box(row), _greeting(row, greeting, now, folder), _refusal(row, has_room))


def _refusal(row: Mailbox, has_room: bool) -> Refusal:
    if held(row) >= row.max_messages:
        return Refusal.FULL
    return Refusal.NONE if has_room else Refusal.DISK


def _greeting(row: Mailbox, asked: str, now: datetime, folder: Path) -> Greeting | None:
    own = GreetingRow.select().where(GreetingRow.mailbox == row)
    there = {greeting.kind: greeting for greeting in own}
    for kind in _kinds(row, asked, now):
        found = _as_heard(there[kind], folder) if kind in there else None
        if found:
            return found
    return None


def _kinds(row: Mailbox, asked: str, now: datetime) -> Iterator[str]:
    """The best first."""
    if asked in set(GreetingKind):
        yield asked
    elif _is_closed(row, now):
        yield GreetingKind.CLOSED
    if row.away:
        yield GreetingKind.AWAY
    yield GreetingKind.STANDARD


def _is_closed(row: Mailbox, now: datetime) -> bool:
    try:
        if not row.hours:
            return False
        is_off = holidays.is_holiday(holidays.load(), now.date())
        return is_off or not is_open(parse(row.hours), now)
    except HoursInvalid:  # changed in the database by hand: callers hear the standard greeting
        return False


def _as_heard(greeting: GreetingRow, folder: Path) -> Greeting | None:
    """None when there is nothing to hear in it: its recording is gone and it has no words."""
    path = folder / greeting.path if greeting.path else None
    if path and path.is_file():
        return Greeting(greeting.kind, greeting.text, path)
    return Greeting(greeting.kind, greeting.text) if greeting.text else None
