"""An upgrade that goes well, and ones that do not: then the old version is back as it was."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from provisioning.upgrade.errors import NotWell, SourceOdd, StepFailed
from provisioning.upgrade.upgrading import Upgrade
from tests.provisioning.upgrade.boxes import (
    NEW,
    OLD,
    FakeBox,
    assert_wholly,
    failing,
    installed,
    new_source,
)


@pytest.fixture
def box(tmp_path: Path) -> FakeBox:
    return installed(tmp_path)


def test_backup_stop_copy_migration_and_start_follow_each_other(
    box: FakeBox, tmp_path: Path
) -> None:
    assert Upgrade(box.layout, box).to(new_source(tmp_path)) == NEW
    assert box.done == ["built", "backed up", "stopped", "keep", "migrate", "started"]
    assert_wholly(box, NEW)
    assert box.layout.is_built(OLD)


def test_only_one_release_before_the_one_in_use_is_kept(box: FakeBox, tmp_path: Path) -> None:
    Upgrade(box.layout, box).to(new_source(tmp_path))
    with closing(sqlite3.connect(box.path)) as store:
        store.execute("DROP TABLE new_one")
    Upgrade(box.layout, box).to(new_source(tmp_path, "1.2.0"))
    assert sorted(path.name for path in box.layout.releases.iterdir()) == [NEW, "1.2.0"]


@pytest.mark.parametrize("step", ["built", "backed up", "stopped", "keep", "half migrated"])
def test_a_step_that_fails_leaves_the_old_version_at_work(
    box: FakeBox, tmp_path: Path, step: str
) -> None:
    box.cut = failing(step)
    with pytest.raises(StepFailed, match="disk is full"):
        Upgrade(box.layout, box).to(new_source(tmp_path))
    assert_wholly(box, OLD)


def test_a_new_version_that_does_not_become_well_gives_way_to_the_old_one(
    box: FakeBox, tmp_path: Path
) -> None:
    box.sick_version = NEW
    with pytest.raises(NotWell, match="callbox"):
        Upgrade(box.layout, box, well_within=0).to(new_source(tmp_path))
    assert_wholly(box, OLD)
    assert box.done[-2:] == ["restore", "started"]
    (aside,) = (box.settings.home / "backup" / "replaced").iterdir()
    assert (aside / "pressline.db").exists()  # what the new version wrote is not thrown away


def test_a_way_back_that_fails_says_how_to_go_on(box: FakeBox, tmp_path: Path) -> None:
    box.cut = failing("restore")
    box.sick_version = NEW
    with pytest.raises(StepFailed, match=r"so did the way back.*--resume"):
        Upgrade(box.layout, box, well_within=0).to(new_source(tmp_path))
    assert box.layout.journal.exists()


def test_a_box_that_did_not_run_must_be_well_afterwards(box: FakeBox, tmp_path: Path) -> None:
    box.well_as = None
    with pytest.raises(NotWell, match="callbox, worker, store"):
        Upgrade(box.layout, box, well_within=0).to(new_source(tmp_path))
    assert_wholly(box, OLD)


def test_an_archive_is_unpacked(box: FakeBox, tmp_path: Path) -> None:
    packed = tmp_path / "pressline-1.1.0.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(new_source(tmp_path), "pressline-1.1.0")
    assert Upgrade(box.layout, box).to(packed) == NEW


@pytest.mark.parametrize("version", [OLD, "../1.1", "", "1/2", "1.1;reboot"])
def test_odd_and_equal_versions_are_refused(box: FakeBox, tmp_path: Path, version: str) -> None:
    tree = tmp_path / "source"
    tree.mkdir()
    (tree / "pyproject.toml").write_text(f'[project]\nname = "pressline"\nversion = "{version}"\n')
    with pytest.raises(SourceOdd):
        Upgrade(box.layout, box).to(tree)
    assert box.done == []


def test_what_is_no_source_of_ours_is_refused(box: FakeBox, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no archive")
    with pytest.raises(SourceOdd, match="cannot be unpacked"):
        Upgrade(box.layout, box).to(tmp_path / "file")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceOdd, match="no source tree"):
        Upgrade(box.layout, box).to(tmp_path / "empty")


def test_where_nothing_is_installed_that_is_said(tmp_path: Path) -> None:
    box = installed(tmp_path)
    box.layout.current.unlink()
    with pytest.raises(SourceOdd, match=r"install\.sh"):
        Upgrade(box.layout, box).to(new_source(tmp_path))
