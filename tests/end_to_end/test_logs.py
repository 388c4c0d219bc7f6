"""The log of a box tells which call a line is about, and nothing that a caller keyed in secret."""

import json
from collections.abc import Iterator

import pytest

from tests.end_to_end.box import Box
from tests.end_to_end.conftest import started

PIN = "739164"
"""Of a mailbox in no file: nowhere in the home may it be found by chance."""


@pytest.fixture(scope="module")
def talkative_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    home = tmp_path_factory.mktemp("log") / "home"
    yield from started(home, "embedded", log_format="json")


def test_every_line_is_an_object_and_a_refused_call_is_named(talkative_box: Box) -> None:
    call = talkative_box.command("call", "777", "--limit", "3")
    lines = [json.loads(line) for line in _logged(talkative_box)]
    refused = [line for line in lines if line["event"] == "call refused"]
    assert refused, call.stdout
    assert all(line["call"] for line in refused)
    assert {line["process"] for line in lines} >= {"callbox", "panel", "switch"}


def test_a_pin_that_was_keyed_is_in_no_log(talkative_box: Box) -> None:
    talkative_box.command("call", "100", "--keys", f"1 {PIN}#", "--limit", "8")
    talkative_box.command("call", "199", "--keys", f"{PIN}# {PIN}#", "--limit", "8")
    assert PIN not in talkative_box.said()
    for file in (talkative_box.home / "log").rglob("*"):
        assert PIN.encode() not in file.read_bytes()


def _logged(box: Box) -> list[str]:
    """Without what `pressline up` itself tells the terminal."""
    return [line for line in box.said().splitlines() if line.startswith("{")]
