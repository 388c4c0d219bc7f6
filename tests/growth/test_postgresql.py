"""What PostgreSQL does in another way than SQLite, and nobody may notice."""

from collections.abc import Iterator

import psycopg
import pytest

from store import flows
from store.database import connect, disconnect
from store.errors import StoreAway
from store.migrate import migrate
from store.models import Flow
from tests.servers import postgresql_database

__all__ = ["postgresql_database"]


@pytest.fixture
def server(postgresql_database: str) -> Iterator[str]:
    connect(postgresql_database)
    migrate()
    yield postgresql_database
    disconnect()


def test_the_character_nul_is_left_out_of_texts_and_of_what_is_sought(server: str) -> None:
    Flow.create(name="a\0b")
    assert [flow.name for flow in Flow.select().where(Flow.name == "a\0b")] == ["ab"]


def test_after_the_server_has_dropped_the_connection_the_next_one_is_asked(server: str) -> None:
    flows.save_draft("main", "flow: main")
    with psycopg.connect(server, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StoreAway):
        flows.live_flows()
    disconnect()
    assert len(flows.versions("main")) == 1


def test_a_store_is_bound_once_however_often_it_is_opened(server: str) -> None:
    assert connect(server) is connect(server)
