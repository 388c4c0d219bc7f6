"""Runs a named query: the facts, or a plain outcome for every kind of trouble.

Blocking: belongs in the callbox's sidecar. Connections stay open between queries of a thread.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desk import values
from desk.breaker import Breaker
from desk.connections.base import Question
from desk.errors import DeskError
from desk.parameters import bind
from desk.pool import Pool
from desk.query import Freshness, Query
from desk.sources import Source
from ivr_flows.ports import QueryOutcome, QueryResult

log = logging.getLogger(__name__)
Rows = Sequence[Mapping[str, Any]]

_pool = Pool(Breaker())


def run_query(
    query: Query,
    source: Source,
    parameters: Mapping[str, Any],
    now: datetime,
    pool: Pool = _pool,
) -> QueryResult:
    """Never raises. `now` carries the paper's zone, in which times without one are understood."""
    try:
        return _run(query, source, parameters, now, pool)
    except DeskError as error:
        return _trouble(query, source, str(error))
    except Exception as error:
        log.exception('query "%s" stumbled', query.name)
        return _trouble(query, source, f"{type(error).__name__}: {error}")


def _run(
    query: Query, source: Source, parameters: Mapping[str, Any], now: datetime, pool: Pool
) -> QueryResult:
    bound = bind(query.parameters, parameters, f'query "{query.name}"')
    question = Question(query.sql, bound, query.row_limit, query.time_limit)
    answer = pool.ask(source, question)
    rows = values.rows(answer.columns, answer.rows)
    if query.fresh and query.fresh.sql:
        asked = pool.ask(source, Question(query.fresh.sql, {}, 1, query.time_limit))
        stamps: Sequence[Any] = [row[0] for row in asked.rows] or [None]
    else:
        stamps = _column(query.fresh, rows)
    if query.fresh and any(_is_old(values.plain(stamp), query.fresh, now) for stamp in stamps):
        return QueryResult(QueryOutcome.STALE, rows)
    return QueryResult(QueryOutcome.OK if rows else QueryOutcome.EMPTY, rows)


def _column(fresh: Freshness | None, rows: Rows) -> Sequence[Any]:
    if fresh is None:
        return []
    if rows and fresh.column not in rows[0]:
        raise DeskError(f'the freshness column "{fresh.column}" is not among the columns')
    return [row[fresh.column] for row in rows]


def _is_old(stamp: Any, fresh: Freshness, now: datetime) -> bool:
    """What does not say its age is not to be relied on."""
    moment = values.moment(stamp, now)
    return moment is None or (now - moment).total_seconds() > fresh.max_age


def _trouble(query: Query, source: Source, reason: str) -> QueryResult:
    shown = source.scrub(reason)[:1_000]
    log.warning('query "%s" on source "%s": %s', query.name, source.name, shown)
    return QueryResult(QueryOutcome.ERROR, (), shown)
