"""The product's promise: a subscriber calls, keys a number, and hears when the paper ends."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.rtp import Line
from tests.end_to_end.box import Box
from tests.end_to_end.ledger import KeptCall
from tests.end_to_end.spoken import ALIKE, Spoken
from tests.listening import read_wav
from tests.sipp import place_calls

END_DATE = (
    "Dear Ann Miller, the Daily comes to you until Monday, the third of May, twenty twenty-seven."
)
WAY = [
    "main/welcome",
    "subscription/ask",
    "subscription/look",
    "subscription/tell",
    "main/subscription",
    "main/more",
    "main/bye",
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("heard") / "heard.wav"


@pytest.fixture(scope="module", autouse=True)
def test_phone(box: Box, saved: Path) -> Iterator["subprocess.Popen[str]"]:
    """The README's call listens to whole prompts for most of a minute: others call meanwhile."""
    words = ("call", "100", "--keys", "1 1234#", "--from", "5550101", "--save", str(saved))
    process = box.launch(*words)
    yield process
    process.kill()
    process.wait()


@pytest.fixture(scope="module")
def printed(test_phone: "subprocess.Popen[str]") -> str:
    """What the README's call printed, once it is over."""
    output, _ = test_phone.communicate(timeout=100)
    assert test_phone.returncode == 0, output
    return output


def test_sipps_caller_hears_the_end_date(box: Box, spoken: Spoken, tmp_path: Path) -> None:
    """Its audio goes to a socket of ours: SIPp itself keeps none of what it is sent."""
    line = Line()
    try:
        report = place_calls(
            "caller-asks-by-info", box.sip, "100", tmp_path, users=f"SEQUENTIAL\n{line.port};\n"
        )
        assert (report.successful, report.failed) == (1, 0), report.output
        assert spoken.likeness(END_DATE, line.heard()) > ALIKE
    finally:
        line.close()


def test_the_test_phone_hears_the_end_date(printed: str, saved: Path, spoken: Spoken) -> None:
    assert spoken.likeness_in_parts(END_DATE, read_wav(saved)) > ALIKE, printed


def test_the_test_phone_prints_each_step_as_it_happens(printed: str) -> None:
    shown = [line.split()[1] for line in printed.splitlines() if " → " in line]
    assert shown == WAY
    assert END_DATE in printed
    assert "ended: finished" in printed


def listed_call(box: Box) -> KeptCall:
    (call,) = box.ledger.calls("caller_number = '5550101'")
    return call


def test_the_call_is_in_the_store_with_its_steps_version_and_end(printed: str, box: Box) -> None:
    call = listed_call(box)
    assert (call.dialled, call.flow, call.version, call.state) == ("100", "main", 1, "finished")
    assert box.ledger.path(call) == WAY


def test_pressline_calls_lists_it_and_shows_its_steps(printed: str, box: Box) -> None:
    call = listed_call(box)
    (line,) = [line for line in box.done("calls", "5550101").splitlines() if call.uuid in line]
    assert "5550101 Test Phone → 100  main 1  finished" in line
    shown = box.done("calls", call.uuid)
    assert [step for step in WAY if step in shown] == WAY
    assert END_DATE in shown
