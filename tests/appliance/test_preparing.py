"""What `pressline prepare` leaves behind, and for whom."""

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from appliance.command.prepare import command
from appliance.home import Home
from appliance.preparing import SHARED


def prepared(home: Path, *options: str) -> str:
    done = CliRunner(env={"PRESSLINE_HOME": str(home)}).invoke(command, options)
    assert done.exit_code == 0, done.output
    return done.output


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_password_is_told_once_and_never_when_nobody_reads(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert prepared(home, "--unattended") == ""
    assert "as admin with the password" in prepared(home)
    assert prepared(home) == ""


@pytest.mark.sqlite_alone("no file")
def test_the_switch_may_write_its_folders_and_not_look_into_the_store(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    prepared(home.root, "--unattended")
    assert {mode(folder) for folder in home.written_by_switch} == {SHARED}
    assert {mode(path) & 0o077 for path in home.private if path.exists()} == {0}
    assert mode(home.root / "pressline.db") == 0o600
