"""The README's two commands, in a clean clone."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.box import OURS, READY_WITHIN, Box
from tests.end_to_end.test_a_subscriber_calls import END_DATE
from tests.end_to_end.waiting import eventually

REPOSITORY = OURS.parent.parent


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """With the programs of this very environment, since making one takes minutes."""
    if not shutil.which("git") or not (REPOSITORY / ".git").exists():
        pytest.skip("this is no git repository")
    folder = tmp_path / "pressline"
    subprocess.run(["git", "clone", "--quiet", REPOSITORY, folder], check=True)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    mark = subprocess.check_output(["provisioning/python-setup.sh", "--mark"], cwd=folder)
    (folder / ".venv" / ".made-from").write_bytes(mark)
    return folder


@pytest.fixture
def environment(clone: Path, own_box: Box) -> dict[str, str]:
    """Free ports; the home is the clone's own, `var/`."""
    given = {**own_box.environment, "PYTHONPATH": str(clone)}
    return {name: value for name, value in given.items() if name != "PRESSLINE_HOME"}


@pytest.fixture
def running(clone: Path, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """`make run`."""
    with (clone / "run.output").open("w") as output:
        process = subprocess.Popen(
            ["make", "run"], cwd=clone, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    yield process
    process.terminate()
    process.wait(30)


@pytest.mark.sqlite_alone("a newcomer has no server")
def test_the_readmes_commands_lead_a_newcomer_to_the_end_date(
    clone: Path, environment: dict[str, str], running: "subprocess.Popen[bytes]"
) -> None:
    output = clone / "run.output"

    def answers() -> bool:
        assert running.poll() is None, output.read_text()
        return "Daily answers." in output.read_text()

    eventually(answers, "the box says that it answers", READY_WITHIN)
    assert f"http://{environment['PRESSLINE_PANEL']}/" in output.read_text()
    assert f"sip:100@{environment['PRESSLINE_SIP']}" in output.read_text()
    assert (clone / "var" / "pressline.db").exists()
    called = subprocess.run(
        [".venv/bin/pressline", "call", "100", "--keys", "1 1234#"],
        cwd=clone, env=environment, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert called.returncode == 0, called.stdout + called.stderr
    assert END_DATE in called.stdout
