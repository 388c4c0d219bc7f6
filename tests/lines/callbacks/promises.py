"""Calls that were promised, for tests on an open store."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lines.callbacks.booking import book
from lines.callbacks.calling import Caller
from lines.callbacks.ports import Booked, CallbackWish, Refusal
from store.models import Callback
from tests.lines.houses import LOCAL, MORNING, dialling_of, set_rules

ZONE = ZoneInfo("UTC")
HOME = {"home": {"to": ["+49*"]}}
CALLER = "0301"
NOW = MORNING
LIFE, NEXT_LIFE = "a" * 32, "b" * 32


def allow_home() -> None:
    set_rules(rules=HOME)


def wish(number: str = LOCAL, flow: str = "answer", **facts: Any) -> CallbackWish:
    return CallbackWish(number, flow, **{"asked_by": CALLER, **facts})


def asked(number: str = LOCAL, **facts: Any) -> Booked | Refusal:
    return book(dialling_of(), ZONE, wish(number, **facts), NOW)


def promised(number: str = LOCAL, **facts: Any) -> int:
    answer = asked(number, **facts)
    assert isinstance(answer, Booked)
    return answer.id


def caller(life: str = LIFE) -> Caller:
    return Caller(dialling_of(), ZONE, life)


def row(number: int) -> Callback:
    found: Callback = Callback.get_by_id(number)
    return found


def at(**later: float) -> datetime:
    return NOW + timedelta(**later)
