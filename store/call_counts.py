"""How many calls came and were answered, by the time of day: read from one index alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from peewee import fn

from store.database import database, translated
from store.models import Call
from store.models.call import IN, LOST, OPEN


@dataclass(frozen=True, slots=True)
class Count:
    """Calls that came between two times."""

    begins: datetime
    calls: int
    answered: int


@translated()
def that_came(edges: Sequence[datetime]) -> Sequence[Count]:
    """Between each time and the next. One question for each: faster than grouping."""
    return [_between(begins, ends) for begins, ends in pairwise(edges)]


def _between(begins: datetime, ends: datetime) -> Count:
    param = database.param
    found = database.execute_sql(
        'SELECT COUNT(*), COUNT("answered_at") FROM "call" WHERE "direction" = '
        f'{param} AND "started_at" >= {param} AND "started_at" < {param}',
        (IN, _stored(begins), _stored(ends)),
    )
    calls, answered = found.fetchone()
    return Count(begins, calls, answered)


def _stored(moment: datetime) -> Any:
    return Call.started_at.db_value(moment)


@translated()
def by_state(since: datetime, until: datetime) -> Mapping[str, int]:
    """Calls that came, by how they ended."""
    query = (
        Call.select(Call.state, fn.COUNT(Call.started_at))
        .where(Call.direction == IN, Call.started_at >= since, Call.started_at < until)
        .group_by(Call.state)
    )
    rows: Any = query.tuples()
    return dict(rows)


@translated()
def broken_off(since: datetime) -> int:
    """Calls since then that were cut off as the box or the switch stopped."""
    return int(Call.select().where(Call.state == LOST, Call.started_at >= since).count())


@translated()
def live(limit: int = 100) -> Sequence[Call]:
    """Calls that are not over yet, newest first."""
    query = Call.select().where(Call.state == OPEN).order_by(Call.started_at.desc())
    return list(query.limit(limit))
