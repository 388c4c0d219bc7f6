"""The shell scripts of the set-up."""

import shutil
import subprocess

import pytest

from .unit_files import PROVISIONING

PROJECT = PROVISIONING.parent


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="Debian's shellcheck is missing")
def test_shellcheck_finds_nothing() -> None:
    scripts = [
        *("provisioning/install.sh", "provisioning/install/pressline.wrapper"),
        "tests/suite.sh",
    ]
    done = subprocess.run(
        ["shellcheck", "-x", "-P", ".", *scripts], cwd=PROJECT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_an_unknown_option_is_refused_with_how_it_is_used() -> None:
    done = subprocess.run(
        [PROVISIONING / "install.sh", "--embeded"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "--embedded" in done.stderr
