"""Promising a call. Blocks: for a sidecar or a command, never for the callbox's loop."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from lines.callbacks.ports import MOST_ATTEMPTS, Booked, CallbackWish, Refusal
from lines.callbacks.schedule import within
from lines.dialling import Dialling, Verdict
from lines.dialling.attempts import Wish, refuse
from store.database import translated, writing
from store.fields import clean
from store.fields import now as present
from store.models import Callback
from store.models.callback import CallbackState
from store.models.line import CostClass, Door

log = structlog.get_logger()

MOST_WAITING = 1_000
MOST_WAITING_EACH = 5
"""For one who asks: a caller cannot have the box call all the town."""
MOST_WAITING_HIDDEN = 50
"""For all who hide their numbers together: they cannot be told apart."""
LONGEST_GIVEN = 20_000
"""Characters of a flow's variables."""


@translated()
def book(
    dialling: Dialling, zone: ZoneInfo, wish: CallbackWish, now: datetime | None = None
) -> Booked | Refusal:
    """Raises `StoreAway`; `HoursInvalid`, `ValueError` for a wish that no flow can have."""
    at = now or present()
    facts = _facts(wish, zone, at)
    verdict = dialling.look(wish.number, Door.CALLBACK, wish.asked_by)
    if fault := _fault(verdict, wish):
        _note_refusal(verdict, wish, fault, at)
        return Refusal.NUMBER
    number = verdict.number.digits if verdict.number else wish.number
    with writing():
        return _booked(number, clean(wish.flow, 64), facts)


def _booked(number: str, flow: str, facts: Mapping[str, Any]) -> Booked | Refusal:
    waiting = Callback.state == CallbackState.WAITING
    same = Callback.get_or_none(waiting, Callback.number == number, Callback.flow == flow)
    if same is not None:
        Callback.update(facts).where(Callback.id == same.id).execute()
        return Booked(same.id, number, facts["next_at"])
    mine = Callback.asked_by == facts["asked_by"]
    own = Callback.select().where(waiting, mine).count()
    most = MOST_WAITING_EACH if facts["asked_by"] else MOST_WAITING_HIDDEN
    if own >= most or Callback.select().where(waiting).count() >= MOST_WAITING:
        log.warning("a call-back is not taken on", asked_by=facts["asked_by"], waiting=own)
        return Refusal.FULL
    row = Callback.create(number=number, flow=flow, **facts)
    return Booked(row.id, number, facts["next_at"])


def _facts(wish: CallbackWish, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    given = json.dumps(dict(wish.given), default=str)  # dates and amounts as a text would say them
    if len(given) > LONGEST_GIVEN:
        raise ValueError(f"a call-back's variables take {len(given)} characters, too many")
    return {
        "language": clean(wish.language, 16),
        "given": json.loads(given),
        "asked_by": clean(wish.asked_by, 64),
        "call": clean(wish.call, 64),
        "purpose": clean(wish.purpose, 100),
        "hours": dict(wish.hours) if wish.hours else None,
        "next_at": within(wish.hours, now + timedelta(seconds=wish.after), zone),
        "until": now + timedelta(seconds=wish.after + wish.within),
        "most_attempts": min(max(1, wish.attempts), MOST_ATTEMPTS),
        "attempts": 0,
        "created_at": now,
    }


def _fault(verdict: Verdict, wish: CallbackWish) -> str:
    """Why the number may not be called; empty if it may."""
    if not verdict.ruling.allows:
        return verdict.ruling.detail
    if verdict.cost is CostClass.INSIDE and wish.number != wish.asked_by:
        return "a phone of the house is called back only when it asks itself"
    return ""


def _note_refusal(verdict: Verdict, wish: CallbackWish, why: str, now: datetime) -> None:
    """In the log of dialling, like every other door's."""
    number = verdict.number.digits if verdict.number else wish.number
    refused = Wish(number, Door.CALLBACK, wish.asked_by, wish.call, verdict.cost)
    refuse(refused, why, now)
    log.warning("a call-back is refused", number=clean(number, 64), reason=why)
