"""`pressline people` and `pressline dialling`, as an administrator uses them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from appliance.command import main
from appliance.dialling import DiallingRules, dialling
from appliance.errors import SidecarTimeout
from appliance.settings import Settings, load
from lines.dialling import Allowed, Refused, Why
from store import database
from store.models.line import Door
from tests.doubles import FakeSidecar
from tests.lines.houses import LOCAL, MOBILE, PREMIUM
from tests.ports import free_port

PAPER = """\
trunks: {main: {host: sip.example}, spare: {gateway: other}}
dialling: {limits: {per_hour: 1}, rules: {home: {to: ["+49*"]}}}
"""


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A German home with the phone 200; no switch is running."""
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PRESSLINE_ESL", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("PRESSLINE_COUNTRY", "DE")
    monkeypatch.setenv("PRESSLINE_PHONES", "200=Desk")
    yield load()
    database.disconnect()


def pressline(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def import_paper(tmp_path: Path) -> None:
    (tmp_path / "paper.yaml").write_text(PAPER)
    taken = pressline("queries", "import", str(tmp_path / "paper.yaml"))
    assert taken.exit_code == 0, taken.output


def test_people_are_made_listed_and_removed(tmp_path: Path) -> None:
    import_paper(tmp_path)
    facts = ("--title", "Anna Berg", "--phone", "202", "--outside", MOBILE)
    made = pressline("people", "add", "anna", *facts)
    line = f"anna  202, {MOBILE} (confirms)  Anna Berg"
    assert made.output.splitlines()[0] == line
    assert pressline("people").output == f"{line}\n200  200  Desk\n"
    again = pressline("people", "add", "anna")
    assert (again.exit_code, again.output) == (1, 'Error: there is a person "anna" already\n')
    assert pressline("people", "remove", "anna").exit_code == 0
    assert pressline("people").output == "200  200  Desk\n"


def test_the_list_says_which_numbers_are_not_dialled_and_why() -> None:
    pressline("people", "add", "bob", "--outside", PREMIUM, "--outside", MOBILE, "--at-once")
    listed = pressline("people").output
    assert "refused: no rule names this premium number exactly" in listed
    assert f" + {MOBILE} (confirms, refused: no rule allows it (mobile))" in listed


def test_a_person_with_an_odd_number_is_not_made() -> None:
    odd = pressline("people", "add", "bob", "--outside", "0171-CALL")
    assert odd.exit_code == 1
    assert "numbers.0: '0171-CALL': it has other characters" in odd.output
    assert "bob" not in pressline("people").output


def test_trying_a_number_tells_class_rule_trunk_and_answer(tmp_path: Path) -> None:
    import_paper(tmp_path)
    tried = pressline("dialling", "try", "030 12345678")
    assert (tried.exit_code, tried.output.splitlines()) == (
        0,
        [
            f"number  {LOCAL} DE",
            "class   local",
            "rule    home",
            "trunk   main, spare",
            "allowed",
        ],
    )
    refused = pressline("dialling", "try", "0900 1 234567", "--door", "callback")
    assert refused.exit_code == 1
    assert refused.output.endswith("refused: no rule names this premium number exactly\n")
    odd = pressline("dialling", "try", "0171-CALL")
    assert odd.output.startswith("number  as given\nclass   unknown\n")


def test_the_log_shows_what_was_dialled_and_what_was_not(
    tmp_path: Path, settings: Settings
) -> None:
    import_paper(tmp_path)
    door = dialling(settings)
    first = door.may_dial(LOCAL, Door.TRANSFER, "0301", "")
    assert isinstance(first, Allowed)
    door.settle(first.reservation, "answered")
    door.may_dial(MOBILE, Door.MAILBOX, "\x1b[2J", "")
    refused, dialled = pressline("dialling", "log").output.splitlines()
    assert dialled.endswith(f"{LOCAL}  local  transfer  for 0301  settled: answered")
    assert refused.endswith("refused: the limit is reached: calls in an hour: 1")
    assert "\x1b" not in refused
    assert len(pressline("dialling", "log", "--refused").output.splitlines()) == 1


def test_the_settings_patterns_hold_where_the_paper_has_no_rules(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRESSLINE_TRUNK", "old.example")
    monkeypatch.setenv("PRESSLINE_DIAL_ALLOW", "+49* 0* 47*")
    monkeypatch.setenv("PRESSLINE_DIAL_REFUSE", "+4930*")
    for number, code in ((MOBILE, 0), ("0171 1234567", 0), ("4711", 0), (LOCAL, 1), (PREMIUM, 1)):
        assert pressline("dialling", "try", number).exit_code == code, number


def test_the_mailboxes_call_back_goes_by_every_trunk_in_turn(
    tmp_path: Path, settings: Settings
) -> None:
    import_paper(tmp_path)
    answer = dialling(settings).may_dial(LOCAL, Door.MAILBOX, LOCAL, "")
    sidecar = FakeSidecar(answer)
    targets = DiallingRules(sidecar).targets(LOCAL, Door.MAILBOX, "mailbox desk", "call")
    assert [(target.address, bool(target.instead)) for target in targets] == [
        (f"{LOCAL}@sip.example", True)
    ]
    assert sidecar.asked == [("may_dial", LOCAL, Door.MAILBOX, "mailbox desk", "call")]


@pytest.mark.parametrize("answer", [Refused(Why.LIMIT, "full"), SidecarTimeout("late")])
def test_the_mailboxes_call_nobody_who_is_refused_or_when_nobody_answers(answer: object) -> None:
    assert (
        list(
            DiallingRules(FakeSidecar(answer)).targets(LOCAL, Door.MAILBOX, "mailbox desk", "call")
        )
        == []
    )
