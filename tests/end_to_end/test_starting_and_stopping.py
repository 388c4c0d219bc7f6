"""`pressline up`: what it says when it cannot, and that nothing is left behind it."""

import contextlib
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.phone import Phone
from tests.end_to_end.box import Box, all_gone
from tests.end_to_end.callers import call
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.waiting import eventually


@pytest.fixture
def estranged(box: Box, tmp_path: Path) -> Iterator[Box]:
    """A box that has the wrong password for another one's switch."""
    switch = f"{box.esl[0]}:{box.esl[1]}"
    made = Box(tmp_path / "home", SWITCH="freeswitch", ESL=switch, ESL_PASSWORD="not-the-right-one")
    yield made
    made.close()


def test_a_wrong_password_is_said_on_the_terminal_and_in_healthz(
    estranged: Box, box: Box, phones: PhoneMaker
) -> None:
    estranged.fill().up()

    def told() -> bool:
        parts = estranged.health().get("parts", {})
        return bool(parts) and parts["callbox"]["ok"] and parts["worker"]["ok"]

    eventually(told, "the rest of the box is well", 60)
    switch = estranged.health()["parts"]["switch"]
    assert not switch["ok"]
    assert "password" in switch["message"]
    eventually(lambda: "password" in estranged.said(), "the terminal tells of the password")
    assert "Traceback" not in estranged.said()
    assert "not-the-right-one" not in estranged.said()
    call(phones("5550701"), box).hang_up()
    assert estranged.stop() == 0


def test_every_port_in_use_is_named_with_the_setting_that_changes_it(own_box: Box) -> None:
    own_box.done("demo")
    kinds = {
        "SIP": socket.SOCK_DGRAM,
        "ESL": socket.SOCK_STREAM,
        "SOCKET": socket.SOCK_STREAM,
        "PANEL": socket.SOCK_STREAM,
    }
    with contextlib.ExitStack() as held:
        for name, kind in kinds.items():
            host, _, port = own_box.environment[f"PRESSLINE_{name}"].rpartition(":")
            taken = held.enter_context(socket.socket(socket.AF_INET, kind))
            taken.bind((host, int(port)))
            if kind is socket.SOCK_STREAM:
                taken.listen()
        refused = own_box.command("up")
    assert refused.returncode == 1
    for name in kinds:
        address = own_box.environment[f"PRESSLINE_{name}"]
        (line,) = [line for line in refused.stdout.splitlines() if address in line]
        assert "is in use" in line
        assert f"PRESSLINE_{name}" in line
    assert "Traceback" not in refused.stdout


def test_a_second_up_in_the_same_home_is_refused(box: Box) -> None:
    refused = box.command("up")
    assert refused.returncode == 1
    assert f"another `pressline up` runs with {box.home}" in refused.stdout
    assert "Traceback" not in refused.stdout
    assert box.is_well()


def test_odd_settings_are_all_named_before_anything_starts(own_box: Box) -> None:
    odd = Box(own_box.home, PANEL="8080", TIME_ZONE="Mars", QUERY_WORKERS="many", COLOUR="red")
    try:
        refused = odd.command("up")
    finally:
        odd.close()
    assert refused.returncode == 1
    for name in ("PANEL", "TIME_ZONE", "QUERY_WORKERS", "COLOUR"):
        assert f"PRESSLINE_{name}" in refused.stdout
    assert "Traceback" not in refused.stdout


def assert_taken_down(box: Box, phone: Phone, number: signal.Signals) -> None:
    """Ends `pressline up` in mid-call; no process of the box may be left."""
    family = box.family()
    assert len(family) >= 7, family
    assert box.process is not None
    box.process.send_signal(number)
    code = box.process.wait(60)
    assert code == (-signal.SIGKILL if number == signal.SIGKILL else 0), box.said()
    eventually(lambda: all_gone(family), f"no process is left after {number.name}")
    box.process = None


def test_up_leaves_no_process_behind_however_it_is_ended(own_box: Box, phones: PhoneMaker) -> None:
    own_box.fill()
    for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGINT):
        own_box.start()
        assert_taken_down(own_box, call(phones("5550702"), own_box), number)
    assert "Traceback" not in own_box.said()
    assert not own_box.ledger.open_calls() or own_box.start().ledger.open_calls() == []
