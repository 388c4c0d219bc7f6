"""The installed box, started by its own systemd: calls, strangers, processes that hang."""

import re

import pytest

from .root import BOX, STRANGER, Booted, main_process, stranger_beside
from .waiting import until

INSIDE = (8021, 8040, 8080, 8082)
"""The Event Socket, the callbox, the panel and the browsers' gateway: for this machine alone."""


def test_every_service_runs(box: Booted) -> None:
    listed = box.said("systemctl", "list-units", "--plain", "--no-legend", "pressline*")
    assert re.findall(r"pressline-(\w+)\.service", listed) == [
        "callbox", "panel", "prepare", "switch", "webphone", "worker",
    ]  # fmt: skip
    assert "failed" not in listed
    assert "0 loaded units" in box.said("systemctl", "--failed")


def test_a_caller_hears_the_flow_and_keys_his_way(box: Booted) -> None:
    said = box.said("pressline", "call", "100", "--keys", "1 1234#", "--limit", "90")
    assert "Dear Ann Miller" in said, said


@pytest.mark.parametrize("unit", ["callbox", "switch"])
def test_a_process_that_hangs_is_killed_and_started_anew(box: Booted, unit: str) -> None:
    service = f"pressline-{unit}.service"
    before = main_process(box, service)
    box.run("kill", "-STOP", before)
    until(lambda: main_process(box, service) not in ("0", before), f"{service} is started anew")
    until(lambda: box.said("systemctl", "is-active", service).strip() == "active", "it is ready")


def test_the_programs_files_cannot_be_changed_by_its_services(box: Booted) -> None:
    main = main_process(box, "pressline-panel.service")
    done = box.run(
        *("nsenter", "-t", main, "--mount", "runuser", "-u", "pressline", "--"),
        *("touch", "/opt/pressline/current/README.md", "/etc/pressline/x"),
    )
    assert done.stderr.count("cannot touch") == 2


@pytest.fixture(scope="module")
def stranger(box: Booted) -> list[str]:
    return stranger_beside(box)


@pytest.mark.parametrize("port", INSIDE)
def test_what_is_for_this_machine_cannot_be_reached(
    box: Booted, stranger: list[str], port: int
) -> None:
    done = box.run(*stranger, "timeout", "3", "bash", "-c", f"echo >/dev/tcp/{BOX}/{port}")
    assert done.returncode != 0
    assert "refused" not in done.stderr  # dropped, not answered


def test_the_panel_is_reached_by_tls_alone_and_its_figures_are_not(
    box: Booted, stranger: list[str]
) -> None:
    assert _curl(box, stranger, f"http://{BOX}/sign-in") == "301"
    assert _curl(box, stranger, f"https://{BOX}/sign-in") == "200"
    assert _curl(box, stranger, f"https://{BOX}/metrics") == "404"
    assert _curl(box, stranger, "--tls-max", "1.1", f"https://{BOX}/sign-in") == "000"


def test_who_guesses_passwords_at_the_panel_is_shut_out(box: Booted, stranger: list[str]) -> None:
    guess = f"""
        for number in $(seq 20); do
            rm -f /tmp/jar
            token=$(curl -sk -c /tmp/jar https://{BOX}/sign-in |
                sed -n 's/.*name="csrf_token".*value="\\([^"]*\\)".*/\\1/p' | head -n 1)
            curl -sk -o /dev/null -m 5 -b /tmp/jar --referer https://{BOX}/sign-in \\
                -d csrf_token="$token" -d name=x$number -d password=wrong https://{BOX}/sign-in
        done
        true
    """
    assert box.run(*stranger, "bash", "-c", guess, limit=300).returncode == 0
    until(lambda: STRANGER in box.said("fail2ban-client", "status", "pressline-panel"), "the ban")
    assert _curl(box, stranger, f"https://{BOX}/sign-in") == "000"


def _curl(box: Booted, stranger: list[str], *options: str) -> str:
    command = ["curl", "-sk", "-m", "10", "-o", "/dev/null", "-w", "%{http_code}", *options]
    return box.run(*stranger, *command).stdout
