"""`pressline meetings`, as an organiser uses it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from appliance.command import main
from store import database
from tests.lines.houses import MOBILE, PREMIUM
from tests.ports import free_port

TOMORROW = datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(days=1)
AT = f"{TOMORROW:%Y-%m-%d} 15:00"
LATER = f"{TOMORROW:%Y-%m-%d} 16:30"
PAPER = """\
trunks: {main: {host: sip.example}}
dialling: {rules: {home: {to: ["+49*"]}}}
people: {anna: {title: Anna Berg, numbers: [{kind: phone, number: "202"}]}}
rooms: {planning: {title: the planning room, numbers: ["7100"]}}
"""


@pytest.fixture(autouse=True)
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A German home; no switch is running."""
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PRESSLINE_ESL", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("PRESSLINE_COUNTRY", "DE")
    monkeypatch.setenv("PRESSLINE_TIME_ZONE", "Europe/Berlin")
    (tmp_path / "paper.yaml").write_text(PAPER)
    pressline("queries", "import", str(tmp_path / "paper.yaml"))
    yield
    database.disconnect()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def pressline(*words: str) -> str:
    ran = run(*words)
    assert ran.exit_code == 0, ran.output
    return ran.output


def budget() -> None:
    made = pressline("meetings", "add", "Budget", "--room", "7100", "--at", AT)
    assert made.startswith("Meeting 1.")


def test_meetings_are_made_listed_moved_and_cancelled() -> None:
    assert "No meetings" in pressline("meetings")
    budget()
    line = f"1  {AT}  60 min  planning  0 guests  Budget\n"
    assert pressline("meetings") == pressline("meetings", "list") == line
    moved = pressline("meetings", "move", "1", "--at", LATER, "--minutes", "30")
    assert f"1  {LATER}  30 min" in moved
    assert "is cancelled" in pressline("meetings", "cancel", "1")
    assert "No meetings" in pressline("meetings")
    assert "CANCELLED" in pressline("meetings", "list", "--all")


def test_a_guest_is_shown_with_all_that_is_done_for_them() -> None:
    budget()
    pressline("meetings", "guest", "1", "--number", MOBILE, "--name", "Gerd", "--dial-out")
    told = pressline(
        "meetings", "guest", "1", "--person", "anna", "--call-before", "30", "--role", "moderator"
    )
    assert f"  guest 1  Gerd  speaker  no answer\n    {AT}  dial out waiting\n" in told
    assert "  guest 2  Anna Berg  moderator  no answer\n" in told
    assert f"{TOMORROW:%Y-%m-%d} 14:30  reminder call waiting" in told
    assert "The box will see to it when it runs" in told


def test_a_guest_who_is_not_asked_any_more_is_shown_as_such() -> None:
    budget()
    pressline("meetings", "guest", "1", "--number", MOBILE, "--dial-out")
    told = pressline("meetings", "dismiss", "1", "1")
    assert f"guest 1  {MOBILE}  speaker  not asked any more\n    dial out withdrawn\n" in told
    assert "planning  0 guests" in told


def test_a_number_that_may_not_be_called_is_shown_as_such() -> None:
    budget()
    told = pressline("meetings", "guest", "1", "--number", PREMIUM, "--dial-out")
    assert f"{PREMIUM}  speaker  no answer  may not be called: " in told
    assert "may not be called" in pressline("meetings", "show", "1")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dismiss", "1", "5"], "meeting 1 has no guest 5"),
        (["show", "7"], "there is no meeting 7"),
        (["guest", "1"], "expected a person, a number or a mail address"),
        (["guest", "1", "--person", "ghost"], 'nobody is called "ghost"'),
        (["guest", "1", "--number", "ring me"], "number: 'ring me'"),
        (["move", "1", "--at", "2020-01-01 10:00"], "over already"),
        (["add", "x", "--room", "attic", "--at", AT], 'there is no room "attic"'),
        (["add", "x", "--room", "planning", "--at", "soon"], "'soon' does not match"),
    ],
)
def test_what_cannot_be_is_told_in_words(words: list[str], told: str) -> None:
    budget()
    ran = run("meetings", *words)
    assert ran.exit_code != 0
    assert told in ran.output
    assert "Traceback" not in ran.output
