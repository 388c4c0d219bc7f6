"""provisioning/install.sh in a fresh Debian: once, twice, and only looking."""

import re
import subprocess

import pytest

from .installation import HOST, Installation
from .root import fresh

UNITS = ("callbox", "panel", "prepare", "switch", "webphone", "worker")


def test_looking_changes_nothing_and_tells_what_is_missing(installation: Installation) -> None:
    assert installation.looked.returncode == 1
    assert "Nothing was." in installation.looked.stdout
    assert re.search(r"^missing +the user pressline$", installation.looked.stdout, re.M)
    assert not installation.changed_by_looking


def test_without_a_token_the_embedded_switch_is_taken_with_a_notice(
    installation: Installation,
) -> None:
    said = installation.first.stdout
    assert "SIGNALWIRE_TOKEN is not set: the embedded switch is taken" in " ".join(said.split())


def test_the_first_password_is_shown_once(installation: Installation) -> None:
    shown = re.findall(r"Sign in to the panel as admin with the password (\S+)", _all(installation))
    assert len(shown) == 1


def test_a_second_run_changes_nothing_and_says_so(installation: Installation) -> None:
    assert installation.second.returncode == 0
    assert "Nothing had to be changed." in installation.second.stdout
    assert not re.search("^changed", installation.second.stdout, re.M)
    assert not installation.changed_by_second


def test_looking_at_an_installed_box_finds_nothing_missing(installation: Installation) -> None:
    assert installation.looked_again.returncode == 0, installation.looked_again.stdout


def test_systemd_finds_no_fault_in_the_units(installation: Installation) -> None:
    folder = installation.root.folder
    names = [f"pressline-{name}.service" for name in UNITS] + ["firewall-pressline.service"]
    done = subprocess.run(
        ["systemd-analyze", "verify", f"--root={folder}", "pressline.target", *names],
        capture_output=True,
        text=True,
        cwd=folder / "etc" / "systemd" / "system",
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_calls_the_services_well_shut_in(installation: Installation, unit: str) -> None:
    told = subprocess.check_output(
        ["systemd-analyze", "security", "--offline=true", f"--root={installation.root.folder}",
         "--threshold=25", f"pressline-{unit}.service"],
        text=True, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert "Overall exposure level" in told


@pytest.mark.parametrize(
    "command", ["nginx -t", "fail2ban-client -t", "nft -c -f /etc/pressline/firewall.nft",
                "logrotate -d /etc/logrotate.conf"]
)  # fmt: skip
def test_the_programs_around_it_take_their_settings(
    installation: Installation, command: str
) -> None:
    done = installation.root.run(*command.split())
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_bad_token_is_told_and_nothing_is_left_of_it() -> None:
    root = fresh("bad-token")
    done = root.install("--freeswitch", SIGNALWIRE_TOKEN="none-such")
    assert done.returncode == 2
    assert "SignalWire's packages cannot be had" in done.stderr
    assert "--embedded" in done.stderr
    assert not list((root.folder / "etc/apt/auth.conf.d").glob("*signalwire*"))


def test_a_name_that_is_none_is_refused(installation: Installation) -> None:
    done = installation.root.install("--host", "box;reboot")
    assert done.returncode == 2
    assert "box;reboot" in done.stderr
    assert HOST in (installation.root.folder / "etc/pressline/pressline.env").read_text()


def _all(installation: Installation) -> str:
    runs = (installation.first, installation.second, installation.looked_again)
    return "".join(run.stdout + run.stderr for run in runs)
