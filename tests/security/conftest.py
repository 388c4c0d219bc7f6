"""A store for what is tried, as the store's own tests have it, on SQLite alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import connect, disconnect
from store.migrate import migrate


@pytest.fixture
def store(tmp_path: Path) -> Iterator[str]:
    target = str(tmp_path / "pressline.db")
    connect(target)
    migrate()
    yield target
    disconnect()
