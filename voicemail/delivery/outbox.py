"""The outbox: who is still to be told of what, in the store.

A `Delivery` row is the job. A worker that dies between claim and end leaves a claim that is void;
the same mail goes again, under the same Message-ID.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import peewee

from store.claims import is_free, next_attempt, own_claim
from store.database import translated
from store.fields import clean, now
from store.models import Delivery, Transcript
from store.models.mailbox import Channel
from store.models.message import DeliveryState, TranscriptState
from voicemail.delivery import mail, webhook
from voicemail.delivery.notice import read_notice
from voicemail.delivery.settings import DeliverySettings
from voicemail.errors import DeliveryFailed, DeliveryRefused, DeliveryUnknown

log = logging.getLogger(__name__)

TRANSCRIPT_WAIT = timedelta(minutes=5)
"""A message is told without its words when they take longer: news does not wait."""
BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 240, 240, 240, 240))
"""After each failed attempt; the last one is made some 21 hours after the first."""
MOST_ATTEMPTS = len(BACK_OFF) + 1
MOST_AT_ONCE = 1_000


@translated()
def due(at: datetime, worker_life: str) -> list[int]:
    """Deliveries to be done at that time, the longest waiting first."""
    ready = _ready(at).order_by(Delivery.next_at).limit(MOST_AT_ONCE)
    begun = Delivery.select().where(Delivery.state == DeliveryState.SENDING)
    left = [delivery.id for delivery in begun if is_free(delivery.claimed_by, worker_life)]
    return left + [delivery.id for delivery in ready]


@translated()
def deliver(delivery_id: int, settings: DeliverySettings, worker_life: str) -> bool:
    """Try one delivery; True when it was sent by this.

    False when there is nothing to do (yet), somebody else is at it, or it failed: its row says
    why and when it is tried again. Raises `StoreAway`; it is found again then.
    """
    delivery = _claimed(delivery_id, worker_life)
    if delivery is None:
        return False
    try:
        _send(delivery, settings)
    except DeliveryFailed as error:
        _settle(delivery, _after(delivery, error))
        return False
    except peewee.PeeweeException:
        raise
    except Exception as error:  # the top of a task: one odd message must not be tried on and on
        log.exception("delivery %s", delivery_id)
        fault = DeliveryFailed(f"a fault of Pressline, see the log: {error.__class__.__name__}")
        _settle(delivery, _after(delivery, fault))
        return False
    _settle(delivery, {"state": DeliveryState.SENT, "sent_at": now(), "error": ""})
    return True


@translated()
def retry(delivery_id: int) -> None:
    """A person wants it tried again, at once and from the start. Raises `DeliveryUnknown`."""
    fresh = {"state": DeliveryState.WAITING, "attempts": 0, "next_at": now(), "claimed_by": ""}
    given_up = (Delivery.id == delivery_id) & (
        Delivery.state << [DeliveryState.FAILED, DeliveryState.WAITING]
    )
    changed = Delivery.update(fresh | {"error": ""}).where(given_up).execute()
    if not changed and Delivery.get_or_none(Delivery.id == delivery_id) is None:
        raise DeliveryUnknown(delivery_id)


def _ready(at: datetime) -> Any:
    """Waiting ones whose time has come, and whose words need not be waited for."""
    return (
        Delivery.select(Delivery.id)
        .join(Transcript, peewee.JOIN.LEFT_OUTER, on=Transcript.message == Delivery.message)
        .where(
            (Delivery.state == DeliveryState.WAITING)
            & (Delivery.next_at <= at)
            & (_has_its_words() | (Delivery.attempts > 0) | _has_waited(at))
        )
    )


def _has_its_words() -> Any:
    return Transcript.state.is_null() | (
        Transcript.state << [TranscriptState.DONE, TranscriptState.FAILED]
    )


def _has_waited(at: datetime) -> Any:
    return Delivery.next_at <= at - TRANSCRIPT_WAIT


def _claimed(delivery_id: int, worker_life: str) -> Delivery | None:
    """The row, once it is ours; only one of several workers gets it."""
    row = Delivery.get_or_none(Delivery.id == delivery_id)
    if row is None or not _is_open(row, worker_life):
        return None
    facts = {
        "state": DeliveryState.SENDING,
        "claimed_by": own_claim(worker_life),
        "attempts": next_attempt(row.attempts, row.claimed_by, worker_life),
    }
    unchanged = _mine(row) & (Delivery.attempts == row.attempts)
    if not Delivery.update(facts).where(unchanged).execute():
        return None
    return Delivery.get_or_none(Delivery.id == delivery_id)


def _is_open(row: Delivery, worker_life: str) -> bool:
    if row.state == DeliveryState.WAITING:
        return bool(_ready(now()).where(Delivery.id == row.id).exists())
    return row.state == DeliveryState.SENDING and is_free(row.claimed_by, worker_life)


def _mine(row: Delivery) -> Any:
    return (
        (Delivery.id == row.id)
        & (Delivery.state == row.state)
        & (Delivery.claimed_by == row.claimed_by)
    )


def _send(delivery: Delivery, settings: DeliverySettings) -> None:
    if delivery.attempts > MOST_ATTEMPTS:
        raise DeliveryRefused(delivery.error or "the worker died each time it tried")
    if delivery.recipient is None:
        raise DeliveryRefused("this recipient is not told of messages any more")
    notice = read_notice(delivery.message.id, settings.folder)
    if delivery.channel == Channel.MAIL:
        mail.send(notice, delivery.recipient, delivery.id, settings)
    else:
        webhook.post(notice, delivery.recipient, delivery.id, settings)


def _after(delivery: Delivery, error: DeliveryFailed) -> dict[str, Any]:
    reason = {"error": clean(str(error), 500), "claimed_by": ""}
    if isinstance(error, DeliveryRefused) or delivery.attempts >= MOST_ATTEMPTS:
        return reason | {"state": DeliveryState.FAILED}
    next_at = now() + BACK_OFF[delivery.attempts - 1]
    return reason | {"state": DeliveryState.WAITING, "next_at": next_at}


def _settle(delivery: Delivery, facts: Mapping[str, Any]) -> None:
    Delivery.update(facts).where(_mine(delivery)).execute()
    log.info("delivery %s of %s: %s", delivery.id, delivery.message.id, facts["state"])
