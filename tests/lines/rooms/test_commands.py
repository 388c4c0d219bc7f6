"""`pressline rooms`, as an administrator uses it; no box is running."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from appliance.command import main
from store import database
from tests.ports import free_port

PAPER = 'rooms: {editors: {title: Editors, numbers: ["702"], open: listener}}\n'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PRESSLINE_ESL", f"127.0.0.1:{free_port()}")
    yield tmp_path
    database.disconnect()


def pressline(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_rooms_are_made_with_two_pins_listed_and_removed() -> None:
    assert "`pressline rooms add` makes one" in pressline("rooms").output
    made = pressline("rooms", "add", "planning", "--number", "701", "--title", "Planning")
    assert len(re.findall(r"The PIN of a \w+ of planning is \d{6}\.", made.output)) == 2
    listed = pressline("rooms").output
    assert listed == "planning  701  speaker by PIN, moderator by PIN  Planning\n"
    again = pressline("rooms", "add", "planning")
    assert (again.exit_code, again.output) == (1, 'Error: there is a room "planning" already\n')
    assert pressline("rooms", "remove", "planning").exit_code == 0
    assert "No conference rooms" in pressline("rooms").output


def test_pins_are_given_made_up_and_taken_away() -> None:
    pressline("rooms", "add", "planning")
    assert "7294" not in pressline("rooms", "pin", "planning", "listener", "--pin", "7294").output
    assert "listener by PIN" in pressline("rooms").output
    easy = pressline("rooms", "pin", "planning", "listener", "--pin", "1234")
    assert (easy.exit_code, "too easy" in easy.output) == (1, True)
    pressline("rooms", "pin", "planning", "listener", "--none")
    assert "listener by PIN" not in pressline("rooms").output
    missing = pressline("rooms", "pin", "plan", "listener")
    assert 'there is no room "plan"; `pressline rooms` lists them all' in missing.output


def test_every_odd_fact_is_told_at_once() -> None:
    odd = pressline("rooms", "add", "Big", "--number", "x", "--most", "1")
    assert odd.exit_code == 1
    for fault in ("name: ", "numbers.0: ", "most_members: "):
        assert fault in odd.output


def test_rooms_come_and_go_with_the_papers_file(home: Path) -> None:
    (home / "paper.yaml").write_text(PAPER)
    taken = pressline("queries", "import", str(home / "paper.yaml"))
    assert "1 rooms" in taken.output
    assert "editors  702  listener without  Editors" in pressline("rooms").output
    given = pressline("queries", "export").output
    assert "rooms:" in given
    assert "open: listener" in given


@pytest.mark.parametrize("verb", ["who", "watch", "lock", "mute", "end"])
def test_without_a_box_a_live_room_is_out_of_reach_and_that_is_said(verb: str) -> None:
    pressline("rooms", "add", "planning")
    asked = pressline("rooms", verb, "planning")
    assert asked.exit_code == 1
    assert "the box is not running, or cannot be reached" in asked.output
