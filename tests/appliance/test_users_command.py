"""`pressline users`: for whoever is locked out of the panel."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from admin.access import passwords
from admin.users import keeping
from appliance.command import main
from store.database import connect, disconnect
from store.models import AuditEntry, PanelUser

PASSWORD = re.compile(r"the password is ([a-z0-9-]{23})")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRESSLINE_HOME", str(tmp_path))
    return tmp_path


def users(*words: str, code: int = 0) -> str:
    ran = CliRunner().invoke(main, ("users", *words))
    assert ran.exit_code == code, ran.output
    return ran.output


def one(home: Path, name: str = "anna") -> PanelUser:
    connect(home / "pressline.db")
    found = keeping.named(name)
    disconnect()
    return found


def test_a_user_is_made_with_a_password_that_is_shown(home: Path) -> None:
    shown = PASSWORD.search(users("add", "anna", "--role", "editor", "--title", "Anna A"))
    assert shown
    anna = one(home)
    assert passwords.is_right(anna.password_hash, shown.group(1))
    assert (anna.role, anna.title, anna.must_change_password) == ("editor", "Anna A", True)
    assert "anna  editor  Anna A" in users()


def test_a_lost_password_is_replaced(home: Path) -> None:
    first = PASSWORD.search(users("add", "anna"))
    second = PASSWORD.search(users("password", "anna"))
    assert first and second
    assert passwords.is_right(one(home).password_hash, second.group(1))
    assert not passwords.is_right(one(home).password_hash, first.group(1))


def test_a_lost_phone_is_forgotten(home: Path) -> None:
    users("add", "anna")
    PanelUser.update(totp_secret="JBSWY3DPEHPK3PXP").execute()
    users("second-factor", "anna")
    assert one(home).totp_secret == ""


def test_somebody_is_shut_out_and_let_in_again(home: Path) -> None:
    users("add", "anna")
    users("disable", "anna")
    assert not one(home).active
    assert "may not sign in" in users()
    users("enable", "anna")
    assert one(home).active


def test_the_last_administrator_remains(home: Path) -> None:
    users("add", "boss", "--role", "administrator")
    assert "last administrator" in users("disable", "boss", code=1)
    assert "last administrator" in users("role", "boss", "editor", code=1)
    assert one(home, "boss").active


@pytest.mark.parametrize("words", [("password", "nobody"), ("add", "A B"), ("add", "")])
def test_a_slip_is_told_in_a_sentence(words: tuple[str, ...]) -> None:
    assert users(*words, code=1).startswith("Error: ")


def test_what_commands_change_is_kept_as_done_by_the_box(home: Path) -> None:
    users("add", "anna")
    connect(home / "pressline.db")
    kept = [(row.user, row.action, row.subject_id) for row in AuditEntry.select()]
    disconnect()
    assert kept == [("", "create", "anna")]
