"""A store, a voicemail folder, and a message that is being left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import connect, disconnect
from store.migrate import migrate


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[Path]:
    """A fresh store, open in this thread."""
    path = tmp_path / "pressline.db"
    connect(path)
    migrate()
    yield path
    disconnect()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The voicemail folder."""
    folder = tmp_path / "voicemail"
    (folder / "in-progress").mkdir(parents=True)
    return folder


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """Where the switch records by itself."""
    spool = tmp_path / "spool" / "calls"
    spool.mkdir(parents=True)
    return spool
