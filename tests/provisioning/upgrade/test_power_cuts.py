"""A power cut at each moment of an upgrade leaves a box that is wholly old or wholly new."""

from pathlib import Path

import pytest

from provisioning.upgrade import journal as journals
from provisioning.upgrade.errors import Unfinished, UpgradeRuns
from provisioning.upgrade.journal import Step
from provisioning.upgrade.layout import Layout
from provisioning.upgrade.recovering import at_boot, resume
from provisioning.upgrade.upgrading import Upgrade
from tests.provisioning.upgrade.boxes import (
    NEW,
    OLD,
    FakeBox,
    assert_cut_off,
    assert_wholly,
    cut_at,
    installed,
    new_source,
)

WHILE_WRITTEN_DOWN = [step.value for step in Step if step is not Step.GOING_BACK]
BY_THE_BOX = ["half built", "built", "backed up", "stopped", "keep", "half migrated", "migrate",
              "started"]  # fmt: skip
POINTS = [*WHILE_WRITTEN_DOWN, *BY_THE_BOX]
NEW_AFTER = {Step.STARTING.value, "started"}
"""From here on the new version has been put in place, and goes on when it is well."""


def cut_off(box: FakeBox, folder: Path, point: str) -> None:
    box.cut = cut_at(point)
    upgrade = Upgrade(box.layout, box, told=lambda step: box.cut(step.value))
    assert_cut_off(lambda: upgrade.to(new_source(folder)))
    box.cut = cut_at("")


@pytest.fixture
def box(tmp_path: Path) -> FakeBox:
    return installed(tmp_path)


@pytest.mark.parametrize("point", POINTS)
def test_resuming_makes_the_box_wholly_one_version(
    box: FakeBox, tmp_path: Path, point: str
) -> None:
    cut_off(box, tmp_path, point)
    version = resume(Upgrade(box.layout, box, well_within=30))
    assert version == (NEW if point in NEW_AFTER else OLD)
    assert_wholly(box, version)
    if point not in {"building", "half built", "built", "backing-up", "backed up"}:
        assert box.done[-1] == "started"


@pytest.mark.parametrize("point", POINTS)
def test_so_does_the_next_start_of_the_machine(box: FakeBox, tmp_path: Path, point: str) -> None:
    cut_off(box, tmp_path, point)
    version = at_boot(Upgrade(box.layout, box))
    assert version == (NEW if point in NEW_AFTER else OLD)
    assert_wholly(box, version)
    assert "started" not in box.done


@pytest.mark.parametrize("second", ["going-back", "stopped", "restore"])
def test_a_second_power_cut_on_the_way_back_is_no_worse(
    box: FakeBox, tmp_path: Path, second: str
) -> None:
    cut_off(box, tmp_path, "half migrated")
    box.cut = cut_at(second)
    again = Upgrade(box.layout, box, told=lambda step: box.cut(step.value))
    assert_cut_off(lambda: resume(again))
    box.cut = cut_at("")
    assert at_boot(Upgrade(box.layout, box)) == OLD
    assert_wholly(box, OLD)


def test_a_new_version_that_is_not_well_after_the_cut_gives_way(
    box: FakeBox, tmp_path: Path
) -> None:
    cut_off(box, tmp_path, "started")
    box.sick_version = NEW
    assert resume(Upgrade(box.layout, box, well_within=0)) == OLD
    assert_wholly(box, OLD)


def test_nothing_else_is_begun_before_that(box: FakeBox, tmp_path: Path) -> None:
    cut_off(box, tmp_path, "half migrated")
    with pytest.raises(Unfinished, match="--resume"):
        Upgrade(box.layout, box).to(new_source(tmp_path, "1.2.0"))


def test_without_an_upgrade_there_is_nothing_to_resume(box: FakeBox) -> None:
    assert resume(Upgrade(box.layout, box)) == ""
    assert at_boot(Upgrade(box.layout, box)) == ""
    assert box.done == []


def test_an_upgrade_at_work_is_disturbed_by_nobody(box: FakeBox, tmp_path: Path) -> None:
    """It starts the box, which looks for upgrades that were cut off."""
    found: list[str] = []

    def look(what: str) -> None:
        if what == "started":
            found.append(at_boot(Upgrade(box.layout, box)))
            with pytest.raises(UpgradeRuns):
                resume(Upgrade(box.layout, box))

    box.cut = look
    assert Upgrade(box.layout, box).to(new_source(tmp_path)) == NEW
    assert found == [""]
    assert_wholly(box, NEW)


def test_notes_that_nobody_can_read_are_left_to_a_person(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    layout.journal.write_text('{"step": "dancing"}')
    with pytest.raises(Unfinished, match="cannot be read"):
        journals.read(layout.journal)
