"""An installed box with a real store, whose services are doubles."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from appliance.settings import Settings
from provisioning.upgrade import store_work
from provisioning.upgrade.errors import StepFailed
from provisioning.upgrade.layout import BUILT, Layout
from provisioning.upgrade.store_work import Work

OLD, NEW = "1.0.0", "1.1.0"
WELL = {"callbox": True, "worker": True, "store": True, "switch": False}
"""A part that was not well before need not be well after."""


def nothing(_: str) -> None:
    """No power cut."""


@dataclass
class FakeBox:
    """Builds and starts nothing; what is done to the store is real. `cut` may end the process."""

    settings: Settings
    layout: Layout
    cut: Callable[[str], None] = nothing
    well_as: dict[str, bool] | None = field(default_factory=lambda: dict(WELL))
    sick_version: str = ""
    done: list[str] = field(default_factory=list)

    def build(self, source: Path, release: Path) -> None:
        release.mkdir()
        self.cut("half built")
        (release / "pyproject.toml").write_text((source / "pyproject.toml").read_text())
        self._did("built")

    def back_up(self, release: Path) -> None:
        self._did("backed up")

    def stop(self) -> None:
        self._did("stopped")

    def start(self) -> None:
        self._did("started")

    def well(self) -> dict[str, bool] | None:
        if self.layout.version() == self.sick_version:
            return {**(self.well_as or {}), "callbox": False}
        return self.well_as

    def work(self, release: Path, verb: Work) -> None:
        if verb is Work.MIGRATE:
            self._migrate()
        else:
            store_work.do(verb, self.settings)
        self._did(verb)

    def _migrate(self) -> None:
        """As a new version's own migrations would, which SQLite keeps one by one."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as store:
            store.execute("CREATE TABLE new_one (id INTEGER)")
            self.cut("half migrated")
            store.execute("UPDATE paper SET name = 'new'")

    @property
    def path(self) -> Path:
        return self.settings.home / "pressline.db"

    def _did(self, what: str) -> None:
        self.done.append(what)
        self.cut(what)


def installed(folder: Path) -> FakeBox:
    """A box of the old version."""
    layout = Layout(folder / "opt")
    old = layout.release(OLD)
    old.mkdir(parents=True)
    (old / BUILT).touch()
    layout.use(OLD)
    settings = Settings(home=folder / "home")
    settings.home.mkdir()
    box = FakeBox(settings, layout)
    with closing(sqlite3.connect(box.path)) as store:
        store.execute("PRAGMA journal_mode = wal")
        store.execute("CREATE TABLE paper (name TEXT)")
        store.execute("INSERT INTO paper VALUES ('old')")
        store.commit()
    return box


def new_source(folder: Path, version: str = NEW) -> Path:
    tree = folder / f"source-{version}"
    tree.mkdir()
    (tree / "pyproject.toml").write_text(f'[project]\nname = "pressline"\nversion = "{version}"\n')
    return tree


def content(box: FakeBox) -> tuple[list[str], str]:
    """The store's tables, and what stands in it."""
    with closing(sqlite3.connect(box.path)) as store:
        names = [row[0] for row in store.execute("SELECT name FROM sqlite_master ORDER BY 1")]
        (name,) = store.execute("SELECT name FROM paper").fetchone()
    return names, name


def assert_wholly(box: FakeBox, version: str) -> None:
    """Program and store belong together, nothing is half there, and no upgrade is under way."""
    assert box.layout.version() == version
    expected = (["paper"], "old") if version == OLD else (["new_one", "paper"], "new")
    assert content(box) == expected
    releases = [path for path in box.layout.releases.iterdir() if not (path / BUILT).exists()]
    assert releases == []
    assert not box.layout.journal.exists()


def cut_at(point: str) -> Callable[[str], None]:
    """Ends the process, with nothing tidied up, as a power cut does."""

    def cut(what: str) -> None:
        if what == point:
            os._exit(9)

    return cut


def assert_cut_off(action: Callable[[], object]) -> None:
    """Run it in a process of its own, which must be ended by a cut."""
    child = os.fork()
    if child == 0:
        try:
            action()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 9, "the upgrade never came to that point"


def failing(what: str) -> Callable[[str], None]:
    def fail(done: str) -> None:
        if done == what:
            raise StepFailed(f"{what}: the disk is full")

    return fail
