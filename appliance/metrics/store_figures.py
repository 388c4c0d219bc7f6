"""What the store says is owed and kept: the rows are the truth, the worker's queue only hints."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import peewee
from prometheus_client.core import GaugeMetricFamily, Metric

from store.fields import now
from store.messages import in_trouble
from store.models import Delivery, MeetingErrand, Message, Transcript
from store.models.meeting import ErrandState
from store.models.message import DeliveryState, MessageState, TranscriptState

OPEN_TRANSCRIPTS = (TranscriptState.WAITING, TranscriptState.RUNNING)
OPEN_ERRANDS = (ErrandState.WAITING, ErrandState.RUNNING)
OPEN_DELIVERIES = (DeliveryState.WAITING, DeliveryState.SENDING)


def families() -> Iterator[Metric]:
    """Raises `StoreAway`, `PeeweeException`."""
    trouble = in_trouble()
    messages = GaugeMetricFamily(
        "pressline_messages", "Messages that wait for somebody, by why.", labels=["why"]
    )
    new = Message.select().where(Message.state == MessageState.NEW).count()
    for why, count in {
        "new": new,
        "untold": trouble.untold,
        "unheard": trouble.unheard,
        "nobodys": trouble.nobodys,
    }.items():
        messages.add_metric([why], count)
    yield messages
    yield from _owed()


def _owed() -> Iterator[Metric]:
    count = GaugeMetricFamily(
        "pressline_owed", "What the worker has still to do, by what.", labels=["what"]
    )
    oldest = GaugeMetricFamily(
        "pressline_owed_oldest_seconds", "How long the oldest of it is overdue.", labels=["what"]
    )
    for what, (number, since) in owed(now()).items():
        count.add_metric([what], number)
        oldest.add_metric([what], overdue(since, now()))
    yield from (count, oldest)


def overdue(since: datetime | None, at: datetime) -> float:
    return max(0.0, (at - since).total_seconds()) if since else 0.0


def owed(at: datetime) -> dict[str, tuple[int, datetime | None]]:
    """How many, and since when the oldest is due; what is to be tried later is not due yet."""
    transcripts = Transcript.select(Message.ended_at).join(Message)
    deliveries = Delivery.select(Delivery.next_at)
    errands = MeetingErrand.select(MeetingErrand.next_at)
    return {
        "transcripts": _of(
            transcripts.where(Transcript.state << OPEN_TRANSCRIPTS), Message.ended_at
        ),
        "deliveries": _of(
            deliveries.where(Delivery.state << OPEN_DELIVERIES, Delivery.next_at <= at),
            Delivery.next_at,
        ),
        "meetings": _of(
            errands.where(MeetingErrand.state << OPEN_ERRANDS, MeetingErrand.next_at <= at),
            MeetingErrand.next_at,
        ),
    }


def _of(rows: Any, since: peewee.Field) -> tuple[int, datetime | None]:
    first = rows.order_by(since).limit(1).tuples().first()
    return rows.count(), first[0] if first else None
