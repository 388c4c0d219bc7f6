"""Whoever else has an account on the machine sees neither secrets nor sources."""

import os
import stat
from pathlib import Path

import pytest

from appliance import secrets_file
from appliance.errors import SettingsInvalid
from appliance.examination import _rights
from appliance.home import Home
from appliance.secrets_file import load_secrets


def test_a_new_home_is_closed_to_others(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        home = Home(tmp_path / "home").make()
    finally:
        os.umask(before)
    assert stat.S_IMODE(home.root.stat().st_mode) & 0o007 == 0


def test_doctor_tells_of_a_home_that_everybody_can_look_into(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    finding = _rights(tmp_path)
    assert not finding.ok
    assert "chmod o=" in finding.message
    tmp_path.chmod(0o750)
    assert _rights(tmp_path).ok


def test_secrets_that_belong_to_somebody_else_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_secrets(tmp_path)
    ours = (tmp_path / secrets_file.NAME).stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: ours + 1000)
    if ours:
        with pytest.raises(SettingsInvalid, match="chown"):
            load_secrets(tmp_path)
    else:
        load_secrets(tmp_path)  # what root gave is taken


def test_the_secrets_are_written_for_the_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_secrets(tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / secrets_file.NAME).stat().st_mode) == 0o600
