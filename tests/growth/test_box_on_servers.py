"""A whole box whose store is on PostgreSQL and whose queue is on Redis."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.end_to_end.box import Box
from tests.end_to_end.waiting import eventually
from tests.redis_server import RedisServer
from tests.servers import postgresql_database

__all__ = ["postgresql_database"]


@pytest.fixture
def box(tmp_path: Path, postgresql_database: str, redis_server: RedisServer) -> Iterator[Box]:
    url = redis_server.start().url
    box = Box(tmp_path / "home", database=postgresql_database, queue=url, box="first")
    try:
        assert box.command("demo", limit=240).returncode == 0
        yield box.start()
    finally:
        box.close()


def rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url, autocommit=True) as store:
        return store.execute(sql.encode()).fetchall()


@pytest.mark.timeout(600)
def test_calls_are_kept_on_the_server_also_after_it_has_dropped_all_connections(
    box: Box, postgresql_database: str, redis_server: RedisServer
) -> None:
    def call_and_find(number: int) -> None:
        called = box.command("call", "100", "--keys", "1 1234#", limit=120)
        assert "subscription" in called.stdout, called.stdout
        kept = "SELECT flow, box FROM call WHERE ended_at IS NOT NULL"
        eventually(
            lambda: rows(postgresql_database, kept) == [("main", "first")] * number,
            "the call is on the server with its end",
        )

    call_and_find(1)
    rows(
        postgresql_database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    call_and_find(2)
    redis_server.stop()
    eventually(lambda: not box.health()["parts"]["queue"]["ok"], "health tells of the queue")
    call_and_find(3)
    assert not (box.home / "pressline.db").exists()
    assert not (box.home / "jobs.db").exists()
