"""The store through an upgrade and back, with real migrations by each release's own Python."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.settings import Settings
from provisioning.backup.stores import store_at
from provisioning.backup.sums import Sums
from provisioning.upgrade import systemd
from provisioning.upgrade.errors import NotWell
from provisioning.upgrade.layout import BUILT, Layout
from provisioning.upgrade.systemd import SystemdBox
from provisioning.upgrade.upgrading import Upgrade
from store.database import connect, database, disconnect
from store.migrate import migrate
from tests.provisioning.filling import fill_store
from tests.provisioning.upgrade.boxes import NEW, OLD, new_source
from tests.servers import postgresql_database

__all__ = ["postgresql_database"]

ROOT = Path(__file__).parent.parent.parent.parent
PROGRAM = ("appliance", "provisioning", "store")
LATER = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE later (id INTEGER)")
    db.execute_sql("DELETE FROM call_tag")
"""


def make_release(release: Path, version: str) -> None:
    """The program as it is here; its Python is ours."""
    release.mkdir(parents=True)
    for name in PROGRAM:
        (release / name).symlink_to(ROOT / name)
    folder = release / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    (folder / "python").chmod(0o755)
    (release / BUILT).touch()


def add_migration(release: Path) -> None:
    (release / "store").unlink()
    shutil.copytree(ROOT / "store", release / "store")
    (release / "store" / "migrations" / "9000_later.py").write_text(LATER)


@dataclass(frozen=True, slots=True)
class Box(SystemdBox):
    """Without units; the work on the store is done as on an installed box."""

    becomes_well: bool = True
    new: Path = Path()
    """The new release's folder."""

    def build(self, source: Path, release: Path) -> None:
        make_release(release, NEW)
        add_migration(release)

    def back_up(self, release: Path) -> None:
        pass

    def stop(self) -> None:
        pass

    def start(self) -> None:
        pass

    def well(self) -> dict[str, bool] | None:
        return {"store": self.becomes_well or not self.new.exists()}


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql_database")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("PRESSLINE_HOME", str(home))
    monkeypatch.setenv("PRESSLINE_DATABASE", url)
    monkeypatch.setattr(systemd, "_as_program", _as_we_are)
    found = Settings(home=home, database=url)
    connect(found.store_url)
    migrate()
    fill_store()
    disconnect()
    yield found
    disconnect()


def _as_we_are(release: Path, *command: str) -> None:
    """There is no user of the program where tests run."""
    subprocess.run(command, cwd=release, check=True, capture_output=True)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    found = Layout(tmp_path / "opt")
    make_release(found.release(OLD), OLD)
    found.use(OLD)
    return found


def sums_of(settings: Settings) -> Sums:
    return store_at(settings.store_url).sums()


def test_the_new_releases_own_migrations_are_run(
    settings: Settings, layout: Layout, tmp_path: Path
) -> None:
    Upgrade(layout, Box("")).to(new_source(tmp_path))
    assert layout.version() == NEW
    now = sums_of(settings)
    assert now["later"].rows == 0
    assert now["call_tag"].rows == 0


def test_the_way_back_gives_every_row_back(
    settings: Settings, layout: Layout, tmp_path: Path
) -> None:
    before = sums_of(settings)
    box = Box("", becomes_well=False, new=layout.release(NEW))
    with pytest.raises(NotWell):
        Upgrade(layout, box, well_within=0).to(new_source(tmp_path))
    assert layout.version() == OLD
    assert sums_of(settings) == before
    connect(settings.store_url)
    assert migrate() == []
    assert "later" not in database.get_tables()
