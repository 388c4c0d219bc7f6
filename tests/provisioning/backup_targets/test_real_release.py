"""A release made from this very tree, with all its Python packages: it takes some minutes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.settings import Settings
from provisioning.upgrade.errors import StepFailed
from provisioning.upgrade.source import version_in
from provisioning.upgrade.systemd import SystemdBox

ROOT = Path(__file__).parent.parent.parent.parent


@pytest.mark.timeout(1800)
def test_a_release_is_made_whole_and_works_on_the_store(box: Settings, tmp_path: Path) -> None:
    if os.geteuid() != 0 or not shutil.which("rsync"):
        pytest.skip("releases belong to root, and rsync copies them")
    release = tmp_path / "releases" / version_in(ROOT)
    release.parent.mkdir()
    SystemdBox("").build(ROOT, release)
    assert not (release / "tests").exists()
    environment = {**os.environ, "PRESSLINE_HOME": str(box.home), "PYTHONPATH": ""}
    keep = [release / ".venv/bin/python", "-m", "provisioning.upgrade.store_work", "keep"]
    subprocess.run(keep, cwd=release, env=environment, check=True)
    assert (box.home / "backup" / "before-upgrade" / "store.sqlite").exists()
    asked = [release / ".venv/bin/pressline", "--version"]
    said = subprocess.run(asked, cwd="/", env=environment, check=True, capture_output=True)
    assert version_in(ROOT) in said.stdout.decode()
    where = [release / ".venv/bin/python", "-c", "import store; print(store.__file__)"]
    found = subprocess.run(where, cwd="/", env=environment, check=True, capture_output=True)
    assert found.stdout.decode().startswith(str(release))


def test_what_cannot_be_built_says_why(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    with pytest.raises(StepFailed, match=r"build-release\.sh"):
        SystemdBox("").build(tmp_path / "source", tmp_path / "release")
