"""A paper in each kind of database, and a pool of its own for each test."""

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest

from desk.breaker import Breaker
from desk.parameters import Parameter
from desk.pool import Pool
from desk.queries import run_query
from desk.query import Query
from desk.sources import Source
from ivr_flows.ports import QueryResult
from tests.desk.papers import mysql_paper, postgresql_paper, sqlite_paper

NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Asia/Taipei"))


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(Breaker())
    yield pool
    pool.close()


@pytest.fixture
def postgresql(pool: Pool) -> Iterator[Source]:
    with postgresql_paper(f"paper_{time.monotonic_ns()}") as source:
        yield source


@pytest.fixture
def mysql(pool: Pool) -> Iterator[Source]:
    with mysql_paper(f"paper_{time.monotonic_ns()}") as source:
        yield source
        pool.close()  # MariaDB waits with DROP while the table is in use


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Source]:
    with sqlite_paper(tmp_path) as source:
        yield source


@pytest.fixture(params=["sqlite", "postgresql", "mysql"])
def paper(request: pytest.FixtureRequest) -> Source:
    source: Source = request.getfixturevalue(request.param)
    return source


class Ask(Protocol):
    def __call__(
        self, source: Source, sql: str, given: dict[str, Any] | None = None, **fields: Any
    ) -> QueryResult: ...


@pytest.fixture
def ask(pool: Pool) -> Ask:
    """Run SQL with parameters of free text."""

    def run(
        source: Source, sql: str, given: dict[str, Any] | None = None, **fields: Any
    ) -> QueryResult:
        given = given or {}
        declared = fields.pop("parameters", {name: Parameter() for name in given})
        query = Query(name="asked", source="paper", sql=sql, parameters=declared, **fields)
        return run_query(query, source, given, NOW, pool)

    return run
