"""Who tries number after number that may not be dialled is looking for a hole, and is locked out.

A flow's own numbers are few and mostly allowed; programs that seek a way to dear numbers try
hundreds. The lock needs no row of its own: it lasts as long as they go on, and an hour more.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from peewee import fn

from lines.dialling.limits import OUTSIDE, REACHED
from store.database import translated
from store.fields import clean
from store.models import DialAttempt
from store.models.line import DialState

MOST: Final = 15
"""Different numbers refused to one asker: a house's whole list of people, tried at night."""
MOST_WITHHELD: Final = 60
"""All who hide their number are one asker, and one of them must not lock out the others soon."""
SPAN: Final = timedelta(hours=1)
REASON: Final = "whoever asks has tried too many numbers that may not be dialled"

_NUMBERS: Final = fn.COUNT(DialAttempt.number.distinct())


@translated()
def is_locked(asked_by: str, now: datetime) -> bool:
    """Whether this asker gets no outside call just now. Raises `StoreAway`."""
    asker = clean(asked_by, 64)
    mine = _refused(now) & (DialAttempt.asked_by == asker)
    tried = DialAttempt.select(_NUMBERS).where(mine).scalar()
    return bool(tried >= _most(asker))


@translated()
def locked(now: datetime) -> Mapping[str, int]:
    """Who is locked out, and how many numbers each has tried. Raises `StoreAway`."""
    tried = DialAttempt.select(DialAttempt.asked_by, _NUMBERS).where(_refused(now))
    many: Any = tried.group_by(DialAttempt.asked_by).having(_NUMBERS >= MOST).tuples()
    return {asker: count for asker, count in many if count >= _most(asker)}


@translated()
def limit_reached(now: datetime) -> str:
    """The limit that the last refused call of this hour met, in words; empty for none."""
    met = _refused(now) & DialAttempt.reason.startswith(REACHED)
    row = DialAttempt.select().where(met).order_by(DialAttempt.id.desc()).first()
    return row.reason.removeprefix(REACHED).strip(": ") if row else ""


def _refused(now: datetime) -> Any:
    recent = (DialAttempt.state == DialState.REFUSED) & (DialAttempt.at > now - SPAN)
    return recent & DialAttempt.cost_class.in_(OUTSIDE)


def _most(asker: str) -> int:
    return MOST if asker else MOST_WITHHELD
