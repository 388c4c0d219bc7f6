"""The store's tests run on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import connect, disconnect
from store.migrate import migrate
from tests.servers import postgresql_database
from tests.stores import ON_SERVERS

__all__ = ["postgresql_database"]


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store may be made."""
    if request.param == "sqlite":
        if ON_SERVERS:
            pytest.skip("PostgreSQL is tried by itself")
        return str(tmp_path / "pressline.db")
    return str(request.getfixturevalue("postgresql_database"))


@pytest.fixture
def store(target: str) -> Iterator[str]:
    """An open store with all its tables."""
    connect(target)
    migrate()
    yield target
    disconnect()
