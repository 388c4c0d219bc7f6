"""These run on SQLite and on PostgreSQL, as the store's own tests do."""

from pathlib import Path

import pytest

from tests.store.conftest import postgresql_database, store, target

__all__ = ["postgresql_database", "store", "target"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The voicemail folder."""
    folder = tmp_path / "voicemail"
    folder.mkdir()
    return folder
