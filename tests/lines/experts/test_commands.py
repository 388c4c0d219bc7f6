"""`pressline experts`, as an editor uses it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from appliance.command import main
from store import database
from store.models import Mailbox, Message
from store.models.message import MessageState
from tests.lines.houses import PREMIUM
from tests.ports import free_port

AT = "2037-05-03 19:00"
WEATHER = ("experts", "schedule", "science", "The weather", "--at", AT, "--expert", "storm")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home with an expert and a line; no switch is running."""
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PRESSLINE_ESL", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("PRESSLINE_COUNTRY", "DE")
    monkeypatch.setenv("PRESSLINE_TIME_ZONE", "Europe/Berlin")
    done("people", "add", "storm", "--title", "Doctor Storm", "--outside", "0171 1234567")
    done("mailboxes", "add", "questions")
    done("experts", "add-line", "science", "--title", "Ask science", "--mailbox", "questions")
    yield
    database.disconnect()


def pressline(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def done(*words: str) -> str:
    ran = pressline(*words)
    assert ran.exit_code == 0, ran.output
    return ran.output


def refused(*words: str) -> str:
    ran = pressline(*words)
    assert ran.exit_code == 1
    return ran.output


def test_lines_are_listed_and_go_only_without_sessions() -> None:
    assert done("experts") == "science  en  questions to questions  Ask science\n"
    done(*WEATHER)
    assert "has 1 sessions" in refused("experts", "remove-line", "science")
    done("experts", "add-line", "garden")
    assert "garden is gone" in done("experts", "remove-line", "garden")


def test_a_session_is_planned_in_the_papers_time_and_its_pins_are_shown_once() -> None:
    planned = done(*WEATHER)
    session = "1  science  2037-05-03 19:00-20:00  scheduled  storm  The weather"
    assert planned.splitlines()[0] == session
    assert re.search(r"host \d{6}, expert \d{6}, screener \d{6}\n", planned)
    assert done("experts", "list") == f"{session}\n"
    shown = done("experts", "show", "1")
    assert "PINs: host, expert, screener" in shown
    assert not re.search(r"\d{6}", shown)


def test_a_session_is_moved_cancelled_and_then_only_in_the_whole_list() -> None:
    done(*WEATHER)
    moved = done("experts", "move", "1", "--at", "2037-05-04 20:00", "--minutes", "30")
    assert "2037-05-04 20:00-20:30" in moved
    done("experts", "cancel", "1", "--reason", "the expert is ill")
    assert done("experts", "list").startswith("No sessions.")
    assert "cancelled" in done("experts", "list", "--all")
    assert "reason: the expert is ill" in done("experts", "show", "1")
    assert "session 1 is cancelled" in refused("experts", "move", "1", "--at", AT)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*WEATHER[:-1], "nobody"), 'nobody is called "nobody"'),
        ((*WEATHER, "--minutes", "4"), "minutes: "),
        ((*WEATHER, "--language", "fr"), "languages.0: "),
        ((*WEATHER[:5], "2020-01-01 10:00", *WEATHER[6:]), "has passed already"),
        (("experts", "schedule", "sience", *WEATHER[3:]), 'there is no expert line "sience"'),
        (("experts", "show", "7"), "there is no session 7"),
        (("experts", "pins", "7"), "there is no session 7"),
        (("experts", "add-line", "science"), 'there is an expert line "science" already'),
        (("experts", "add-line", "b", "--mailbox", "x"), 'there is no mailbox "x"'),
    ],
)
def test_what_is_odd_is_refused_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    assert said in refused(*words)


def test_two_sessions_at_once_are_refused_with_the_one_that_is_there() -> None:
    done(*WEATHER)
    assert 'session 1 then, "The weather", 2037-05-03 19:00 to 20:00' in refused(*WEATHER)


def test_new_pins_replace_the_old_ones() -> None:
    done(*WEATHER)
    assert done("experts", "pins", "1") != done("experts", "pins", "1")


def test_late_questions_are_listed_with_why_nobody_is_called() -> None:
    assert done("experts", "late") == "No questions.\n"
    Message.create(
        id="m1", box="questions", mailbox=Mailbox.get(), state=MessageState.NEW, path="m1.wav",
        started_at=datetime.now(UTC) - timedelta(hours=1), caller_number=PREMIUM,
        caller_name="\x1b[31m",
    )  # fmt: skip
    told = done("experts", "late")
    assert f"{PREMIUM}  waiting  m1  cannot be answered: no rule names this premium" in told
    assert refused("experts", "late", "--line", "sience").startswith("Error: there is no expert")
