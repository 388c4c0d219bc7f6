"""Homes to back up, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.home import Home
from appliance.settings import Settings
from provisioning.backup.places import Places
from store.database import connect, disconnect
from store.migrate import migrate
from tests.provisioning.filling import fill_folders, fill_store
from tests.servers import postgresql_database

__all__ = ["postgresql_database"]


@pytest.fixture(autouse=True)
def _needs_restic() -> None:
    if not shutil.which("restic"):
        pytest.skip("restic is not installed")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the archive is made."""
    return tmp_path / "target"


@pytest.fixture
def box(tmp_path: Path, target: Path) -> Iterator[Settings]:
    """The settings of a filled home with a SQLite store that is open in this thread."""
    yield from _filled(tmp_path / "home", "", target)


@pytest.fixture
def postgresql_box(tmp_path: Path, target: Path, postgresql_database: str) -> Iterator[Settings]:
    yield from _filled(tmp_path / "home", postgresql_database, target)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_box(request: pytest.FixtureRequest) -> Settings:
    found = request.getfixturevalue("box" if request.param == "sqlite" else "postgresql_box")
    assert isinstance(found, Settings)
    return found


def _filled(home: Path, database: str, target: Path) -> Iterator[Settings]:
    settings = Settings(home=home, database=database, backup_target=str(target))
    Home(home).make()
    connect(settings.store_url)
    migrate()
    fill_store()
    fill_folders(home)
    yield settings
    disconnect()


@pytest.fixture
def places(box: Settings) -> Places:
    return Places(box.home)
