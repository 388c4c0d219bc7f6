"""The Vagrantfile, as far as it can be looked at without a virtual machine."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .root import PROJECT

pytestmark = pytest.mark.skipif(not shutil.which("vagrant"), reason="Debian's vagrant is missing")


@pytest.mark.parametrize("given", [{}, {"SIGNALWIRE_TOKEN": "x", "PRESSLINE_BRIDGE": "eth0"}])
def test_vagrant_takes_the_file(tmp_path: Path, given: dict[str, str]) -> None:
    shutil.copy(PROJECT / "Vagrantfile", tmp_path)
    done = subprocess.run(
        ["vagrant", "validate", "--ignore-provider"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "VAGRANT_HOME": str(tmp_path / "home"), **given},
        capture_output=True,
        text=True,
    )
    assert "validated successfully" in done.stdout, done.stdout + done.stderr
