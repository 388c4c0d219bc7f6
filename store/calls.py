"""Calls: kept as they start and end, marked lost when they never ended, found again."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from store.database import is_sqlite, translated
from store.fields import as_stored, clean
from store.jobs import CallAbandoned, CallEnded, CallsLost, CallStarted, StepTaken
from store.models import Call, CallStep
from store.models.call import LOST, OPEN
from store.rows import insert, last_of_each, overwrite

ROW = (
    "uuid",
    "sip_call_id",
    "caller_number",
    "caller_tail",
    "caller_name",
    "withheld",
    "dialled",
    "flow",
    "version",
    "direction",
    "purpose",
    "started_at",
    "answered_at",
    "ended_at",
    "state",
    "reason",
    "hangup_cause",
    "language",
    "tags",
    "box",
)
STEP = (
    "call_id",
    "position",
    "flow",
    "step",
    "verb",
    "started_at",
    "seconds",
    "event",
    "detail",
    "error",
)
KEEP_FIRST = 'ON CONFLICT ("uuid") DO NOTHING'
KEEP_LAST = overwrite("uuid", ROW)
TAG = ("call_id", "tag", "started_at")
KEEP_TAG = 'ON CONFLICT ("call_id", "tag") DO NOTHING'
KEEP_STEP = 'ON CONFLICT ("call_id", "position") DO NOTHING'
MAX_STEPS = 2_000
MAX_TAGS = 100
MAX_DETAIL = 2_000
MAX_FOUND = 1_000


def started(jobs: Sequence[CallStarted]) -> None:
    """Keep calls as open, unless their end is already known."""
    rows = [(*_start(job), None, None, OPEN, "", "", "", "[]", clean(job.box, 64)) for job in jobs]
    insert("call", ROW, rows, KEEP_FIRST)


def ended(jobs: Sequence[CallEnded]) -> None:
    """Keep calls with their ends and steps."""
    rows = [(*_start(job.started), *_end(job)) for job in jobs]
    insert("call", ROW, last_of_each(rows), KEEP_LAST)
    trace = [row for job in jobs for row in _trace(job)]
    if trace:
        insert("call_step", STEP, trace, KEEP_STEP)
    tags = [row for job in jobs for row in _tags(job)]
    if tags:
        insert("call_tag", TAG, tags, KEEP_TAG)


def abandoned(jobs: Sequence[CallAbandoned]) -> None:
    """Keep calls of which nothing else is known."""
    rows = [(*_start(job.ended.started), *_end(job.ended)) for job in jobs]
    insert("call", ROW, rows, KEEP_FIRST)


def lost(jobs: Sequence[CallsLost]) -> None:
    """Close the calls that a callbox before this one left open."""
    for job in jobs:
        mark_lost(job.at, job.box)


@translated()
def mark_lost(at: datetime, box: str = "") -> int:
    """Close the calls that started before `at` at `box` and never ended; how many.

    For the start of the callbox: it has no calls yet, so whatever it had open was cut off. What
    other boxes have goes on, but only a server has other boxes: a file is one box's, however it
    was called before.
    """
    left_open = Call.update(state=LOST, ended_at=at, reason="the box stopped during the call")
    if not is_sqlite():
        left_open = left_open.where(Call.box << [box, ""])
    closed: int = left_open.where(Call.state == OPEN, Call.started_at < at).execute()
    return closed


@translated()
def search(
    text: str = "",
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    state: str = "",
    limit: int = 50,
    offset: int = 0,
) -> Sequence[Call]:
    """Calls, newest first; `text` is sought in caller's number and name and number dialled."""
    found = Call.select().order_by(Call.started_at.desc(), Call.uuid)
    if text := clean(text, 100):
        found = found.where(
            Call.caller_number.contains(text)
            | Call.caller_name.contains(text)
            | Call.dialled.contains(text)
        )
    if since:
        found = found.where(Call.started_at >= since)
    if until:
        found = found.where(Call.started_at < until)
    if state:
        found = found.where(Call.state == state)
    return list(found.limit(min(limit, MAX_FOUND)).offset(offset))


@translated()
def steps(uuid: str) -> Sequence[CallStep]:
    """The trace of one call, in order."""
    return list(CallStep.select().where(CallStep.call == uuid).order_by(CallStep.position))


def _start(job: CallStarted) -> tuple[Any, ...]:
    number = clean(job.caller_number, 64)
    return (
        clean(job.uuid, 64),
        clean(job.sip_call_id, 255),
        number,
        number[::-1],
        clean(job.caller_name, 200),
        job.withheld,
        clean(job.dialled, 64),
        clean(job.flow, 64),
        job.version,
        clean(job.direction, 8),
        clean(job.purpose, 100),
        as_stored(job.started_at),
    )


def _end(job: CallEnded) -> tuple[Any, ...]:
    return (
        as_stored(job.answered_at) if job.answered_at else None,
        as_stored(job.ended_at),
        clean(job.state, 16),
        clean(job.reason, 500),
        clean(job.hangup_cause, 64),
        clean(job.language, 16),
        json.dumps([clean(tag, 100) for tag in job.tags[:MAX_TAGS]], ensure_ascii=False),
        clean(job.started.box, 64),
    )


def _tags(job: CallEnded) -> Iterator[tuple[Any, ...]]:
    uuid, at = clean(job.started.uuid, 64), as_stored(job.started.started_at)
    for tag in {clean(tag, 100) for tag in job.tags[:MAX_TAGS]}:
        yield uuid, tag, at


def _trace(job: CallEnded) -> Iterator[tuple[Any, ...]]:
    for position, step in enumerate(job.steps[:MAX_STEPS]):
        yield _step(job.started.uuid, position, step)


def _step(uuid: str, position: int, step: StepTaken) -> tuple[Any, ...]:
    return (
        clean(uuid, 64),
        position,
        clean(step.flow, 64),
        clean(step.step, 64),
        clean(step.verb, 32),
        as_stored(step.started_at),
        step.seconds,
        clean(step.event, 64),
        clean(step.detail, MAX_DETAIL),
        clean(step.error, MAX_DETAIL),
    )
