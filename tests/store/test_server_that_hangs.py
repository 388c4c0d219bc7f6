"""A PostgreSQL that is there and says nothing: given up in time, and nothing is lost."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
import psycopg
import pytest

from store import database, migrate
from store.models import Call
from store.postgresql import Connection, unhurried
from store.writer import Writer
from tests.end_to_end.waiting import eventually
from tests.servers import postgresql_database
from tests.store.test_writer_in_trouble import started

__all__ = ["postgresql_database"]

PATIENCE = 30.0


@pytest.fixture
def store(postgresql_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    database.connect(postgresql_database)
    migrate.migrate()
    database.disconnect()
    monkeypatch.setattr(Connection, "patience", 0.5)
    yield postgresql_database
    database.disconnect()


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """All its processes that serve this database. Newcomers wait, too: they cannot look into it."""
    with psycopg.connect(url, autocommit=True) as asking:
        find = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
        found = asking.execute(find, (asking.info.backend_pid,)).fetchall()
    assert found
    for (process,) in found:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for (process,) in found:
            os.kill(process, signal.SIGCONT)


def test_what_waits_for_it_comes_into_the_journal_and_then_into_the_store(
    store: str, tmp_path: Path
) -> None:
    writer = Writer(tmp_path / "store.journal")
    writer.start()
    try:
        writer.put(started(1))
        assert writer.flush(PATIENCE)
        with frozen(store):
            writer.put(started(2))
            assert writer.settle(PATIENCE)
            eventually(lambda: "no answer within 0.5 s" in writer.state.away, "told", PATIENCE)
            assert writer.state.journal_bytes
        assert writer.flush(PATIENCE)
        assert not writer.state.away
    finally:
        writer.stop()
    database.connect(store)
    assert sorted(row.uuid for row in Call.select()) == ["call-1", "call-2"]


def test_its_connection_is_closed_and_the_next_one_is_another(store: str) -> None:
    database.connect(store)
    with frozen(store), pytest.raises(peewee.OperationalError, match=r"no answer within 0\.5 s"):
        Call.select().count()
    database.disconnect()
    database.connect(store)
    assert Call.select().count() == 0


def test_what_may_take_long_has_its_time(store: str) -> None:
    database.connect(store)
    with unhurried(database.database.obj):
        assert database.database.execute_sql("SELECT pg_sleep(1), 7").fetchone()[1] == 7
    with pytest.raises(peewee.OperationalError, match=r"no answer within 0\.5 s"):
        database.database.execute_sql("SELECT pg_sleep(1), 7")
