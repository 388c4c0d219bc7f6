"""`pressline upgrade` on the installed box, with its systemd: to a new version, and back from one
that does not become well."""

import shutil
from pathlib import Path

import pytest

from .installation import Installation
from .root import SOURCE, Booted
from .waiting import until

PACKAGES = "/srv/packages"
CALL = ("pressline", "call", "100", "--keys", "1 1234#", "--limit", "90")
OFFLINE = ("env", "PIP_NO_INDEX=1", f"PIP_FIND_LINKS={PACKAGES}")
"""The booted system is on no network."""


@pytest.fixture(scope="module")
def packages(installation: Installation) -> None:
    """What a new version's environment is made from."""
    python = "/opt/pressline/current/.venv/bin/python"
    fetch = (python, "-m", "pip", "download", "-q", "--no-deps", "-d", PACKAGES)
    lock = ("--require-hashes", "-r", f"{SOURCE}/requirements.lock")
    for wanted in (lock, ("setuptools", "wheel")):
        done = installation.root.run(*fetch, *wanted)
        assert done.returncode == 0, done.stderr


def released(box: Booted, version: str) -> Path:
    """The same program with another number, from outside the system."""
    folder = box.root.folder / "srv" / version
    shutil.copytree(f"{box.root.folder}{SOURCE}", folder)
    project = folder / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    known = next(line for line in text.splitlines() if line.startswith("version = "))
    project.write_text(text.replace(known, f'version = "{version}"', 1), encoding="utf-8")
    return folder


def upgrade(box: Booted, version: str) -> tuple[int, str]:
    command = (*OFFLINE, "pressline", "upgrade", f"/srv/{version}", "--without-backup")
    done = box.run(*command, limit=900)
    return done.returncode, done.stdout + done.stderr


def runs(box: Booted, version: str) -> bool:
    return box.said("readlink", "/opt/pressline/current").strip() == f"releases/{version}"


def serves(box: Booted) -> bool:
    until(lambda: "Dear Ann Miller" in box.said(*CALL), "a caller is served")
    return "0 loaded units" in box.said("systemctl", "--failed")


@pytest.mark.usefixtures("packages")
def test_a_new_version_takes_over_with_all_its_services(box: Booted) -> None:
    released(box, "90.1.0")
    status, said = upgrade(box, "90.1.0")
    assert status == 0, said
    assert "This box is version 90.1.0 now." in said
    assert runs(box, "90.1.0")
    assert serves(box)


@pytest.mark.usefixtures("packages")
def test_one_that_does_not_become_well_is_taken_back(box: Booted) -> None:
    broken = released(box, "90.2.0") / "appliance" / "callbox.py"
    broken.write_text("raise SystemExit('this version is broken')\n", encoding="utf-8")
    status, said = upgrade(box, "90.2.0")
    assert status != 0
    assert "Going back to the old version" in said
    assert runs(box, "90.1.0")
    assert serves(box)
