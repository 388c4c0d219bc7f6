"""Sources that are down, slow, frozen, locked or full of odd bytes."""

import os
import shutil
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from desk.breaker import FIRST_PAUSE, Breaker
from desk.errors import SourceDown
from desk.pool import Pool
from desk.queries import run_query
from desk.query import Query
from desk.sources import Source
from tests.desk.conftest import NOW, Ask, set_patience
from tests.desk.papers import MILLION
from tests.ports import free_port
from tests.servers import (
    READER_PASSWORD,
    mariadb_admin,
    postgresql_url,
    running_mariadb,
    running_postgresql,
)

NAMES = "SELECT name FROM subscription"
SLEEPS = {"postgresql": "SELECT pg_sleep(100)", "mysql": "SELECT SLEEP(100)"}
ENDLESS = """WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n > 0)
SELECT count(*) FROM x"""


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_a_query_that_sleeps_is_cancelled(
    request: pytest.FixtureRequest, kind: str, ask: Ask
) -> None:
    source = request.getfixturevalue(kind)
    found = ask(source, SLEEPS[kind], time_limit=0.2)
    assert (found.outcome, found.error) == ("error", "cancelled after 0.2 s")
    assert ask(source, NAMES).outcome == "ok"


def test_a_query_that_would_never_end_is_cancelled(paper: Source, ask: Ask) -> None:
    sql = f"SELECT count(*) FROM ({MILLION}, digit g, digit h, digit i, digit j) AS every"
    found = ask(paper, sql if paper.kind == "mysql" else ENDLESS, time_limit=0.2)
    assert (found.outcome, found.error) == ("error", "cancelled after 0.2 s")
    assert ask(paper, NAMES).outcome == "ok"


def test_a_missing_table_or_a_mistake_in_the_sql_is_an_error(paper: Source, ask: Ask) -> None:
    assert "nowhere" in ask(paper, "SELECT * FROM nowhere").error
    assert ask(paper, "SELEKT").outcome == "error"
    assert ask(paper, NAMES).outcome == "ok"


def test_a_value_too_large_for_a_telephone_is_cut(
    postgresql: Source, mysql: Source, ask: Ask
) -> None:
    for source in (postgresql, mysql):
        value = ask(source, "SELECT REPEAT('x', 10000000) AS v").rows[0]["v"]
        assert value == "x" * 4_000


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT randomblob(1000000000)",
        "SELECT replace(hex(zeroblob(4000000)), '0', 'xxxxxxxxxxxxxxxxxxxx')",
    ],
)
def test_sqlite_refuses_to_make_huge_values(sqlite: Source, ask: Ask, sql: str) -> None:
    assert "too big" in ask(sqlite, sql).error


def test_bytes_that_are_no_utf_8_are_shown_as_far_as_they_go(
    sqlite: Source, postgresql: Source, mysql: Source, ask: Ask
) -> None:
    assert ask(sqlite, "SELECT CAST(X'4DFC6C' AS TEXT) AS v").rows == [{"v": "M\ufffdl"}]
    assert ask(sqlite, "SELECT X'4DFC6C' AS v").rows == [{"v": "M\ufffdl"}]
    assert ask(postgresql, r"SELECT '\x4DFC6C'::bytea AS v").rows == [{"v": "M\ufffdl"}]
    assert ask(mysql, "SELECT CAST(X'4DFC6C' AS BINARY) AS v").rows == [{"v": "M\ufffdl"}]


def test_a_postgresql_without_an_encoding_gives_what_it_can(postgresql: Source, ask: Ask) -> None:
    port = running_postgresql().port
    name = f"{postgresql.database}_raw"
    with psycopg.connect(postgresql_url(port), autocommit=True) as admin:
        made = f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE "
        admin.execute(f"{made} template0".encode())
        raw = Source(name="raw", url=f"{postgresql.url}_raw")
        assert ask(raw, r"SELECT E'M\xFCl'::text AS v").rows == [{"v": "M\ufffdl"}]
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_a_wrong_password_is_an_error_that_does_not_show_it(
    postgresql: Source, mysql: Source, ask: Ask
) -> None:
    for number, source in enumerate((postgresql, mysql)):
        wrong = source.shown_url.replace("***", "wrong-and-secret")
        found = ask(Source(name=f"wrong-{number}", url=wrong), "SELECT 1")
        assert found.outcome == "error"
        assert "does not let us in" in found.error
        assert "secret" not in found.error


def test_a_password_may_come_from_the_environment(
    postgresql: Source, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPER_PASSWORD", READER_PASSWORD)
    url = postgresql.shown_url.replace(":***", "")
    found = ask(Source(name="paper", url=url, password_env="PAPER_PASSWORD"), NAMES)
    assert found.outcome == "ok", found.error


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_a_source_where_nobody_listens_is_an_error(kind: str, ask: Ask) -> None:
    found = ask(Source(name="down", url=f"{kind}://u:hidden@127.0.0.1:{free_port()}/x"), "SELECT 1")
    assert found.outcome == "error"
    assert "hidden" not in found.error


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_a_source_that_never_speaks_costs_one_caller_the_wait_and_the_next_nothing(
    kind: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_patience(monkeypatch, 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        source = Source(name="silent", url=f"{kind}://u@127.0.0.1:{port}/x")
        assert ask(source, "SELECT 1").outcome == "error"
        assert "tried again in" in ask(source, "SELECT 1").error


def test_a_locked_sqlite_file_is_an_error_and_free_again_an_answer(
    sqlite: Source, ask: Ask
) -> None:
    holder = sqlite3.connect(sqlite.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    found = ask(sqlite, NAMES, time_limit=0.3)
    assert found.outcome == "error"
    holder.close()
    later = Pool(Breaker())
    query = Query(name="names", source="paper", sql=NAMES, time_limit=30)
    assert run_query(query, sqlite, {}, NOW, later).outcome == "ok"


def test_a_sqlite_file_that_is_replaced_is_read_anew(sqlite: Source, ask: Ask) -> None:
    assert len(ask(sqlite, NAMES).rows) == 2
    export = sqlite.path.with_suffix(".new")
    shutil.copyfile(sqlite.path, export)
    with sqlite3.connect(export) as connection:
        connection.execute("DELETE FROM subscription WHERE number = '1234'")
    connection.close()
    export.replace(sqlite.path)
    assert ask(sqlite, NAMES).rows == [{"name": "陳大文"}]
    sqlite.path.unlink()
    assert ask(sqlite, NAMES).outcome == "error"


def test_a_file_that_is_no_database_is_an_error(sqlite: Source, ask: Ask) -> None:
    sqlite.path.write_bytes(b"no database " * 1_000)
    assert "cannot be opened" in ask(sqlite, NAMES).error


def test_connections_that_the_server_ended_are_opened_again_unnoticed(
    postgresql: Source, mysql: Source, ask: Ask
) -> None:
    for source in (postgresql, mysql):
        assert ask(source, NAMES).outcome == "ok"
    with psycopg.connect(postgresql_url(running_postgresql().port), autocommit=True) as admin:
        kick = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s"
        admin.execute(kick, (postgresql.user,))
    with mariadb_admin(running_mariadb().port) as connection, connection.cursor() as cursor:
        cursor.execute(f"KILL USER {mysql.user}")
    for number, source in enumerate((postgresql, mysql)):
        found = ask(source, NAMES)
        assert found.outcome == "ok", (number, found.error)


@contextmanager
def frozen(source: Source) -> Iterator[None]:
    """The server's process for this user's connection is stopped: it is there, and silent."""
    url = postgresql_url(running_postgresql().port)
    with psycopg.connect(url, autocommit=True) as admin:
        find = "SELECT pid FROM pg_stat_activity WHERE usename = %s"
        pids = [row[0] for row in admin.execute(find, (source.user,))]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        yield
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def test_a_frozen_server_is_given_up_soon_after_the_time_limit(
    postgresql: Source, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(postgresql, NAMES).outcome == "ok"
    set_patience(monkeypatch, 0.5)
    with frozen(postgresql):
        assert ask(postgresql, NAMES, time_limit=0.2).outcome == "error"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_the_breaker_waits_longer_after_each_failure_and_forgets_after_a_success() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    breaker.check("paper")
    pauses = []
    for _ in range(6):
        breaker.failed("paper", "nobody listens")
        began = clock.now
        while True:
            try:
                breaker.check("paper")
                break
            except SourceDown:
                clock.now += 1
        pauses.append(clock.now - began)
    assert pauses == [5, 10, 20, 40, 60, 60]
    breaker.worked("paper")
    breaker.failed("paper", "nobody listens")
    with pytest.raises(SourceDown, match="nobody listens"):
        breaker.check("paper")
    clock.now += FIRST_PAUSE
    breaker.check("paper")
    breaker.check("another")


def test_a_connection_left_alone_for_long_is_asked_first(
    postgresql: Source, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = Query(name="names", source="paper", sql=NAMES, time_limit=30)
    assert run_query(query, postgresql, {}, NOW, pool).outcome == "ok"
    monkeypatch.setattr("desk.pool.IDLE", -1.0)
    assert run_query(query, postgresql, {}, NOW, pool).outcome == "ok"
    moved = Source(name=postgresql.name, url=f"postgresql://u@127.0.0.1:{free_port()}/x")
    assert run_query(query, moved, {}, NOW, pool).outcome == "error"


def test_a_process_that_forked_uses_connections_of_its_own(postgresql: Source, pool: Pool) -> None:
    query = Query(name="names", source="paper", sql="SELECT pg_backend_pid() AS pid", time_limit=30)
    first = run_query(query, postgresql, {}, NOW, pool).rows[0]["pid"]
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        own = run_query(query, postgresql, {}, NOW, pool).rows[0]["pid"]
        os.write(sender, str(own).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert int(os.read(receiver, 100)) != first
    assert run_query(query, postgresql, {}, NOW, pool).rows[0]["pid"] == first
