"""Calls from and to SIPp, a phone that is not of this project."""

from pathlib import Path

import pytest

from tests.contract.client import Connection, Program
from tests.contract.conftest import USERS, Leg
from tests.contract.dialplan import ECHO, NATIVE, PROGRAM
from tests.sipp import Callee, need_sipp, place_calls
from tests.switches import Switch


@pytest.fixture(autouse=True)
def _sipp() -> None:
    need_sipp()


def test_a_caller_presses_a_key_in_the_menu(switch: Switch, tmp_path: Path) -> None:
    need_sipp(keys=True)
    report = place_calls("caller-presses-1", switch.sip, NATIVE, tmp_path)
    assert (report.successful, report.failed) == (1, 0), report.output


def test_four_hundred_calls_at_forty_a_second_all_succeed(switch: Switch, tmp_path: Path) -> None:
    need_sipp(keys=True)
    report = place_calls("caller-presses-1", switch.sip, NATIVE, tmp_path, calls=400, rate=40)
    assert (report.successful, report.failed) == (400, 0), report.output


def test_callers_hang_up_in_the_prompt(switch: Switch, tmp_path: Path, inbound: Connection) -> None:
    report = place_calls("caller-hangs-up", switch.sip, NATIVE, tmp_path, calls=40, rate=40)
    assert (report.successful, report.failed) == (40, 0), report.output
    inbound.api_with("show channels", "0 total.")


def test_callers_give_up_while_it_rings(
    switch: Switch, program: Program, tmp_path: Path, inbound: Connection
) -> None:
    report = place_calls("caller-cancels", switch.sip, PROGRAM, tmp_path, calls=5)
    assert (report.successful, report.failed) == (5, 0), report.output
    inbound.api_with("show channels", "0 total.")


def test_callers_hold_and_take_back(switch: Switch, tmp_path: Path) -> None:
    report = place_calls("caller-holds", switch.sip, ECHO, tmp_path, calls=5)
    assert (report.successful, report.failed) == (5, 0), report.output


def test_a_phone_registers_with_a_digest(switch: Switch, tmp_path: Path) -> None:
    users = "".join(
        f"{name};[authentication username={name} password={secret}];\n"
        for name, secret in USERS.items()
    )
    report = place_calls(
        "registers", switch.sip, "x", tmp_path, calls=2, users=f"SEQUENTIAL\n{users}"
    )
    assert (report.successful, report.failed) == (2, 0), report.output


@pytest.mark.parametrize(
    ("scenario", "cause"),
    [
        ("callee-busy", "USER_BUSY"),
        ("callee-rejects", "CALL_REJECTED"),
        ("callee-no-answer", "NO_ANSWER"),
    ],
)
def test_a_phone_that_does_not_answer_is_told_by_its_cause(
    inbound: Connection, tmp_path: Path, scenario: str, cause: str
) -> None:
    callee = Callee(scenario, tmp_path)
    try:
        told = inbound.api(f"originate {{originate_timeout=1}}{callee.address} &park()")
        assert told == f"-ERR {cause}\n"
        assert callee.report().successful == 1
    finally:
        callee.close()


def test_a_phone_answers_and_is_bridged(leg: Leg, tmp_path: Path) -> None:
    callee = Callee("callee-answers", tmp_path)
    try:
        leg.esl.start("bridge", callee.address)
        leg.esl.event("CHANNEL_BRIDGE")
        leg.phone.hang_up()
        report = callee.report()
        assert (report.successful, report.failed) == (1, 0), report.output
    finally:
        callee.close()
