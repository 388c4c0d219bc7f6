from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.home import Home
from store import database, migrate


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
