"""How many calls came and were answered, by the time of day: read from one index alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from peewee import fn

from store.database import is_sqlite, translated
from store.models import Call
from store.models.call import IN, LOST, OPEN


@dataclass(frozen=True, slots=True)
class Count:
    """Calls that came within ten minutes."""

    begins: datetime
    calls: int
    answered: int


@translated()
def that_came(since: datetime, until: datetime) -> Sequence[Count]:
    """By ten minutes, so that they add up to hours in every time zone. Empty ones are left out."""
    text = Call.started_at if is_sqlite() else fn.TO_CHAR(Call.started_at, "YYYY-MM-DD HH24:MI")
    ten = fn.SUBSTR(text, 1, 15)
    query = (
        Call.select(ten, fn.COUNT(Call.started_at), fn.COUNT(Call.answered_at))
        .where(Call.direction == IN, Call.started_at >= since, Call.started_at < until)
        .group_by(ten)
    )
    return [Count(_moment(text), calls, answered) for text, calls, answered in query.tuples()]


@translated()
def by_state(since: datetime, until: datetime) -> Mapping[str, int]:
    """Calls that came, by how they ended."""
    query = (
        Call.select(Call.state, fn.COUNT(Call.started_at))
        .where(Call.direction == IN, Call.started_at >= since, Call.started_at < until)
        .group_by(Call.state)
    )
    return dict(query.tuples())


@translated()
def broken_off(since: datetime) -> int:
    """Calls since then that were cut off as the box or the switch stopped."""
    return int(Call.select().where(Call.state == LOST, Call.started_at >= since).count())


@translated()
def live(limit: int = 100) -> Sequence[Call]:
    """Calls that are not over yet, newest first."""
    query = Call.select().where(Call.state == OPEN).order_by(Call.started_at.desc())
    return list(query.limit(limit))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}0").replace(tzinfo=UTC)
