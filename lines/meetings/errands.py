"""What is to be done now, and who does it: each errand is a row that is claimed, then settled."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from store.database import translated
from store.fields import clean
from store.models import Meeting, MeetingErrand, MeetingGuest
from store.models.meeting import ErrandKind, ErrandState, MeetingState

MOST_AT_ONCE = 200
TEXTS = {"outcome": 32, "reason": 300}
"""Longest texts of a row, in characters."""
IsFree = Callable[[MeetingErrand], bool]
"""Whether an errand that was begun may be taken: whoever had it is gone."""


@translated()
def due(
    kinds: Collection[ErrandKind], now: datetime, is_free: IsFree, most: int = MOST_AT_ONCE
) -> list[int]:
    """What is to be done now, the longest waiting first."""
    mine = MeetingErrand.kind << list(kinds)
    waits = (MeetingErrand.state == ErrandState.WAITING) & (MeetingErrand.next_at <= now)
    rows = MeetingErrand.select().where(mine & waits).order_by(MeetingErrand.next_at)
    begun = MeetingErrand.select().where(mine & (MeetingErrand.state == ErrandState.RUNNING))
    left = [row.id for row in begun if is_free(row)]
    return (left + [row.id for row in rows.limit(most)])[:most]


def claimed(
    number: int, claim: str, is_free: IsFree, attempt: Callable[[MeetingErrand], int]
) -> MeetingErrand | None:
    """The row with its guest and meeting, once it is ours; None when somebody else has it.

    What was planned for another time of the meeting, or for one that is cancelled, is withdrawn.
    """
    row = with_meeting(number)
    if row is None or not _is_open(row, is_free):
        return None
    if _is_stale(row):
        settle(row, {"state": ErrandState.WITHDRAWN})
        return None
    facts = {"state": ErrandState.RUNNING, "claimed_by": claim, "attempts": attempt(row)}
    unchanged = mine(row) & (MeetingErrand.attempts == row.attempts)
    if not MeetingErrand.update(facts).where(unchanged).execute():
        return None
    return with_meeting(number)


def settle(row: MeetingErrand, facts: dict[str, Any]) -> bool:
    """False when it is ours no more: it was withdrawn meanwhile, or another has it."""
    texts = {name: clean(facts[name], limit) for name, limit in TEXTS.items() if name in facts}
    change = {"claimed_by": "", **facts, **texts}
    return bool(MeetingErrand.update(change).where(mine(row)).execute())


def mine(row: MeetingErrand) -> Any:
    return (
        (MeetingErrand.id == row.id)
        & (MeetingErrand.state == row.state)
        & (MeetingErrand.claimed_by == row.claimed_by)
    )


@translated()
def withdrawn(numbers: Collection[int]) -> list[int]:
    """Which of them nobody wants done any more."""
    rows = MeetingErrand.select(MeetingErrand.id).where(MeetingErrand.id << list(numbers))
    return [row.id for row in rows.where(MeetingErrand.state == ErrandState.WITHDRAWN)]


def with_meeting(number: int) -> MeetingErrand | None:
    """The row with its guest and meeting."""
    rows = MeetingErrand.select(MeetingErrand, MeetingGuest, Meeting)
    found = rows.join(MeetingGuest).join(Meeting).where(MeetingErrand.id == number)
    row: MeetingErrand | None = found.first()
    return row


def _is_open(row: MeetingErrand, is_free: IsFree) -> bool:
    if row.state == ErrandState.WAITING:
        return True
    return row.state == ErrandState.RUNNING and is_free(row)


def _is_stale(row: MeetingErrand) -> bool:
    meeting = row.guest.meeting
    if row.kind == ErrandKind.CANCELLATION:
        return False
    is_cancelled = meeting.state == MeetingState.CANCELLED
    return is_cancelled or row.guest.dismissed or row.revision != meeting.revision
