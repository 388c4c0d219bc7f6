"""The installed box with a FreeSWITCH that was there before, started by its own systemd."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from tests.end_to_end.mailboxes import LATE, part

from .conftest import at_work
from .freeswitch_copy import missing, put_freeswitch
from .installation import HOST
from .root import BOX, STRANGER, Booted, Root, booted, fresh, main_process, stranger_beside
from .waiting import until

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

SERVICE = "freeswitch.service"
SAID = "/srv/said.wav"
HAIL = f"""
import socket
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.bind(("{STRANGER}", 0))
line.settimeout(2)
answers = 0
for number in range(60):
    lines = [
        "INVITE sip:00{{n}}@{BOX} SIP/2.0",
        "Via: SIP/2.0/UDP {STRANGER}:{{port}};branch=z9hG4bK{{n}}",
        "Max-Forwards: 70", "From: <sip:100@{BOX}>;tag={{n}}", "To: <sip:00{{n}}@{BOX}>",
        "Call-ID: {{n}}", "CSeq: 1 INVITE", "Contact: <sip:100@{STRANGER}:{{port}}>",
        "Content-Length: 0", "", "",
    ]
    line.sendto("\\r\\n".join(lines).format(n=number, port=line.getsockname()[1]).encode(),
                ("{BOX}", 5060))
    try:
        answers += b"407" in line.recv(2000)
    except TimeoutError:
        break
print(answers)
"""
"""Calls without a password, until nobody answers; prints how many were answered by a question."""


CAP_SYS_RESOURCE = 24
"""capabilities(7): whoever lacks it gives nobody more than it has itself."""


def _may_raise_limits() -> bool:
    status = Path("/proc/self/status").read_text()
    held = next(line for line in status.splitlines() if line.startswith("CapEff:"))
    return bool(int(held.split()[1], 16) >> CAP_SYS_RESOURCE & 1)


@pytest.fixture(scope="module")
def root() -> Root:
    made = fresh("with-freeswitch")
    put_freeswitch(made)
    done = made.install("--host", HOST)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FreeSWITCH is here" in done.stdout
    return made


@pytest.fixture(scope="module")
def freeswitch_box(root: Root) -> Iterator[Booted]:
    soundfile.write(f"{root.folder}{SAID}", part(LATE, 6.0), 8000, subtype="PCM_16")
    with booted(root) as box:
        until(lambda: main_process(box, SERVICE) != "0", "FreeSWITCH runs")
        at_work(box)
        assert box.run("systemctl", "restart", "pressline.target").returncode == 0  # new settings
        yield box


@pytest.fixture(scope="module")
def stranger(freeswitch_box: Booted) -> list[str]:
    return stranger_beside(freeswitch_box)


def test_a_second_run_changes_nothing(root: Root) -> None:
    second = root.install()
    assert "Nothing had to be changed." in second.stdout, second.stdout + second.stderr


def test_systemd_finds_no_fault_in_the_units(root: Root) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", f"--root={root.folder}", SERVICE,
         "pressline-switch-guard.service"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_freeswitch_serves_on_our_configuration(freeswitch_box: Booted) -> None:
    assert "0 loaded units" in freeswitch_box.said("systemctl", "--failed")
    drift = ("pressline", "switch", "drift")
    # The worker looks once a minute.
    until(lambda: freeswitch_box.run(*drift).returncode == 0, "it has what it ought to have")


def test_it_is_no_root(freeswitch_box: Booted) -> None:
    assert _threads(freeswitch_box, "user:32") == {"freeswitch"}


@pytest.mark.skipif(not _may_raise_limits(), reason="nobody here may have real-time priority")
def test_it_has_the_priority_of_its_packages(freeswitch_box: Booted) -> None:
    assert "FF" in _threads(freeswitch_box, "cls")


def _threads(box: Booted, column: str) -> set[str]:
    process = main_process(box, SERVICE)
    return set(box.said("ps", "-L", "-o", f"{column}=", "-p", process).split())


def test_a_caller_hears_the_flow_and_leaves_a_message_that_is_taken_in(
    freeswitch_box: Booted,
) -> None:
    said = freeswitch_box.said("pressline", "call", "100", "--keys", "1 1234#", "--limit", "90")
    assert "Dear Ann Miller" in said, said
    words = ("--keys", "5 speak hangup", "--speak", SAID, "--from", "5550123", "--limit", "90")
    left = freeswitch_box.said("pressline", "call", "100", *words)
    until(lambda: "5550123" in freeswitch_box.said("pressline", "messages"), left)
    kept = freeswitch_box.run("pressline", "ledger")
    assert kept.returncode == 0, kept.stdout + kept.stderr


def test_one_that_hangs_is_killed_and_started_anew(freeswitch_box: Booted) -> None:
    before = main_process(freeswitch_box, SERVICE)
    freeswitch_box.run("kill", "-STOP", before)
    until(lambda: main_process(freeswitch_box, SERVICE) not in ("0", before), "a new FreeSWITCH")
    call = ("pressline", "call", "100", "--keys", "1 1234#", "--limit", "90")
    until(lambda: "Dear Ann Miller" in freeswitch_box.said(*call), "the next caller is served")


def test_it_comes_to_a_network_that_is_later_than_itself(
    freeswitch_box: Booted, stranger: list[str]
) -> None:
    def listening() -> str:
        return freeswitch_box.said("ss", "-lnu")

    assert "127.0.0.1:5060" in listening()
    assert freeswitch_box.run("ip", "route", "add", "default", "via", STRANGER).returncode == 0
    until(lambda: f"{BOX}:5060" in listening() and f"{BOX}:5080" in listening(), "it listens")


def test_a_scanner_is_shut_out_by_what_freeswitch_writes(
    freeswitch_box: Booted, stranger: list[str]
) -> None:
    hail = freeswitch_box.said(*stranger, "python3", "-c", HAIL)
    assert int(hail) > 0, hail
    until(
        lambda: STRANGER in freeswitch_box.said("fail2ban-client", "status", "pressline-scanners"),
        "the ban",
    )
    assert freeswitch_box.said(*stranger, "python3", "-c", HAIL).strip() == "0"
