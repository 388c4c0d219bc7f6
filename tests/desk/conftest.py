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


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Source]:
    """Shared by the tests of a file: none of them can change it."""
    with postgresql_paper(f"paper_{time.monotonic_ns()}") as source:
        yield source


@pytest.fixture(scope="module")
def mysql() -> Iterator[Source]:
    """Shared by the tests of a file: none of them can change it."""
    with mysql_paper(f"paper_{time.monotonic_ns()}") as source:
        yield source


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Source]:
    with sqlite_paper(tmp_path) as source:
        yield source


@pytest.fixture(params=["sqlite", "postgresql", "mysql"])
def paper(request: pytest.FixtureRequest) -> Source:
    source: Source = request.getfixturevalue(request.param)
    return source


def set_patience(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """How long servers may take to let us in, and to cancel what they were told to."""
    for module in ("postgresql", "mysql"):
        monkeypatch.setattr(f"desk.connections.{module}.CONNECT_SECONDS", seconds)
        monkeypatch.setattr(f"desk.connections.{module}.GRACE", seconds)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine of the tests may be busy with other things."""
    set_patience(monkeypatch, 60)


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
        fields.setdefault("time_limit", 30)
        query = Query(name="asked", source="paper", sql=sql, parameters=declared, **fields)
        return run_query(query, source, given, NOW, pool)

    return run
