from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.home import Home
from store import database, migrate
from tests.disks import small


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").make()


@pytest.fixture
def store(home: Home) -> Iterator[None]:
    """A fresh store, open in this thread."""
    database.connect(home.root / "pressline.db")
    migrate.migrate()
    yield
    database.disconnect()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """That a test can fill to its last byte."""
    with small(tmp_path / "disk") as disk:
        yield disk
