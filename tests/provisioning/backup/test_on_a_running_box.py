"""The worker starts the backup that is due; who is to know hears of one that is missing."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance import backing_up, pulse
from appliance.attention import needs
from appliance.backing_up import backup_finding, start_when_due
from appliance.command import main
from appliance.home import Home
from appliance.settings import Settings
from provisioning.backup import state
from provisioning.backup.holding import alone
from provisioning.backup.places import Places


def run(settings: Settings, *arguments: str) -> str:
    environment = {
        "PRESSLINE_HOME": str(settings.home),
        "PRESSLINE_BACKUP_TARGET": settings.backup_target,
        "PRESSLINE_BACKUP_PASSWORD": "",
    }
    done = CliRunner(env=environment).invoke(main, arguments)
    return done.output


def test_what_is_due_is_made_by_a_process_of_its_own(
    box: Settings, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSLINE_BACKUP_TARGET", box.backup_target)
    pid = start_when_due(box, Home(box.home))
    _, status = os.waitpid(pid, 0)
    assert status == 0
    assert state.read(places).good
    assert start_when_due(box, Home(box.home)) == 0
    assert backup_finding(box, Home(box.home)).message.startswith("the last good one is of")
    (line,) = run(box, "backup", "list").splitlines()
    assert line.startswith(state.read(places).snapshot)
    assert run(box, "backup", "key").strip() == places.key.read_text().strip()


def test_while_one_runs_no_other_is_started(box: Settings, places: Places) -> None:
    with alone(places):
        assert start_when_due(box, Home(box.home)) == 0
        assert "another backup" in run(box, "backup")
        assert run(box, "backup", "--quiet") == ""


def test_one_that_failed_and_one_that_is_missing_need_a_person(
    box: Settings, places: Places
) -> None:
    home = Home(box.home)
    state.note_try(places)
    assert "backup" not in needs(home)  # the first one is being made
    state.note(places, fault="the disk is full")
    assert "the disk is full" in needs(home)["backup"]
    long_ago = (state.now() - timedelta(days=3)).isoformat()
    state.note(places, fault="", since=long_ago)
    assert "no backup for two days" in needs(home)["backup"]
    assert not backup_finding(box, home).ok


def test_where_backups_are_wanted_no_more_nobody_is_told(box: Settings, places: Places) -> None:
    state.note_try(places)
    state.note(places, fault="gone")
    without = box.model_copy(update={"backup_target": ""})
    assert start_when_due(without, Home(box.home)) == 0
    assert "backup" not in needs(Home(box.home))
    assert "backup_target" in backup_finding(without, Home(box.home)).message


def test_without_restic_it_is_said_what_to_install(
    box: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "apt-get install restic" in run(box, "backup")


def test_a_key_that_others_can_read_is_not_used(box: Settings, places: Places) -> None:
    run(box, "backup", "key")
    places.key.chmod(0o644)
    assert "chmod 600" in run(box, "backup")


def test_it_runs_below_all_else() -> None:
    assert " ".join(backing_up.command()).startswith("nice -n 19 ionice -c 3")


def test_a_new_box_makes_no_key_of_its_own_to_read_an_old_archive(
    box: Settings, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    said = run(box, "restore", "--into", str(tmp_path / "new"))
    assert "PRESSLINE_BACKUP_PASSWORD" in said
    assert not Places(tmp_path / "new").key.exists()


def test_a_folder_that_is_only_linked_into_the_home_is_not_left_out_silently(
    box: Settings, tmp_path: Path
) -> None:
    (box.home / "recordings").rename(tmp_path / "big disk")
    (box.home / "recordings").symlink_to(tmp_path / "big disk")
    assert "mount that folder here" in run(box, "backup")


def test_a_box_that_runs_is_not_restored_over(box: Settings) -> None:
    pulse.beat(box.home, "callbox", {})
    assert "stop it first" in run(box, "restore", "--into", str(box.home), "--replace")
