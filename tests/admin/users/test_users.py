"""Users: made, changed, helped, shut out; somebody always remains who can undo it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin.access.roles import Role
from admin.users import credentials, errors, keeping
from store.models import AuditEntry, Mailbox, MailboxGrant, PanelUser
from store.models import Person as OneOfThePeople
from tests.admin.panels import signed_in, user
from tests.admin.signin.person import Clock, Person, member

PASSWORD = re.compile(r"<code>([a-z0-9]{5}(?:-[a-z0-9]{5}){3})</code>")


@pytest.fixture
def boss(app: Flask) -> FlaskClient:
    return signed_in(app, user(Role.ADMINISTRATOR, "boss"))


def make(boss: FlaskClient, name: str = "anna", role: str = "editor", **more: object) -> str:
    fields = {"name": name, "role": role, "title": "Anna", "mail": "", "person": ""}
    return boss.post("/users/new", data={**fields, "language": "", **more}).text


def save(boss: FlaskClient, whom: PanelUser, **fields: object) -> str:
    given = {"title": whom.title, "role": whom.role, "active": "y", "language": ""}
    answer = boss.post(f"/users/{whom.id}", data={**given, **fields}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_a_new_user_gets_a_password_that_is_shown_once_and_must_be_changed(
    app: Flask, boss: FlaskClient
) -> None:
    found = PASSWORD.search(make(boss, "Anna"))
    assert found
    anna = Person(app)
    assert anna.sign_in("anna", found.group(1)).headers["Location"] == "/sign-in/password"
    kept = str(list(AuditEntry.select().dicts()))
    assert found.group(1) not in kept
    assert "argon2" not in kept


@pytest.mark.parametrize("name", ["", "a b", "ä", "<script>", "boss", "x" * 65, "🎙", "-a"])
def test_a_bad_name_is_refused(boss: FlaskClient, name: str) -> None:
    make(boss, name)
    assert [one.name for one in PanelUser.select()] == ["boss"]


def test_a_role_that_is_none_is_refused(boss: FlaskClient) -> None:
    make(boss, role="king")
    assert PanelUser.select().count() == 1


def test_mailboxes_are_granted_and_taken_back(boss: FlaskClient) -> None:
    for name in ("desk", "sport"):
        Mailbox.create(name=name)
    make(boss, boxes=["desk", "sport"])
    anna = PanelUser.get(PanelUser.name == "anna")
    assert keeping.granted(anna) == ["desk", "sport"]
    save(boss, anna, boxes=["sport"])
    assert keeping.granted(anna) == ["sport"]
    save(boss, anna, boxes=["no such box"])
    assert MailboxGrant.select().count() == 1


def test_a_person_who_is_gone_does_not_keep_the_user_from_being_changed(
    boss: FlaskClient,
) -> None:
    OneOfThePeople.create(name="anna", title="Anna A")
    make(boss, person="anna")
    OneOfThePeople.delete().execute()
    anna = PanelUser.get(PanelUser.name == "anna")
    save(boss, anna, title="New", person="anna")
    assert PanelUser[anna.id].title == "New"


def test_the_last_administrator_stays_one(boss: FlaskClient) -> None:
    me = PanelUser.get(PanelUser.name == "boss")
    for fields in ({"role": "editor"}, {"active": ""}):
        assert "cannot take that away from yourself" in save(boss, me, **fields)
    assert (PanelUser.get().role, PanelUser.get().active) == ("administrator", True)


def test_a_command_cannot_disable_the_last_administrator_either(store: None) -> None:
    only, _ = keeping.add("boss", Role.ADMINISTRATOR)
    keeping.add("old", Role.ADMINISTRATOR, active=False)
    with pytest.raises(errors.LastAdministrator):
        keeping.change(only, {"active": False})
    with pytest.raises(errors.LastAdministrator):
        keeping.change(only, {"role": Role.EDITOR})
    assert PanelUser[only.id].active


def test_one_of_two_administrators_can_go(boss: FlaskClient) -> None:
    other = user(Role.ADMINISTRATOR, "other")
    save(boss, other, role="editor")
    assert PanelUser[other.id].role == "editor"


def test_who_may_not_sign_in_any_more_is_out_at_once(app: Flask, boss: FlaskClient) -> None:
    anna = member()
    person = Person(app)
    person.sign_in()
    save(boss, anna, active="")
    assert not person.opens()
    assert person.sign_in().status_code == 200


def test_a_reset_password_opens_and_the_old_one_does_not(app: Flask, boss: FlaskClient) -> None:
    anna = member()
    person = Person(app)
    person.sign_in()
    found = PASSWORD.search(boss.post(f"/users/{anna.id}/password").text)
    assert found
    assert not person.opens()
    assert person.sign_in().status_code == 200
    assert Person(app).sign_in("anna", found.group(1)).status_code == 302


def test_a_lost_phone_is_forgotten(app: Flask, boss: FlaskClient, clock: Clock) -> None:
    anna = member()
    credentials.enrol(anna, "JBSWY3DPEHPK3PXP", 1)
    boss.post(f"/users/{anna.id}/second-factor")
    assert Person(app).sign_in().headers["Location"] == "/"


@pytest.mark.parametrize("act", ["password", "second-factor", "sign-out"])
def test_ones_own_password_and_codes_are_not_reset_here(boss: FlaskClient, act: str) -> None:
    me = PanelUser.get()
    assert boss.post(f"/users/{me.id}/{act}").status_code == 409
    assert boss.get("/").status_code == 200


@pytest.mark.parametrize("act", ["", "/password", "/second-factor", "/sign-out", "/unlock"])
def test_nobody_by_a_number_is_not_there(boss: FlaskClient, act: str) -> None:
    for number in ("99", "9" * 40):
        assert boss.post(f"/users/{number}{act}").status_code == 404


def test_names_are_shown_as_text(boss: FlaskClient) -> None:
    make(boss, title="<script>alert(1)</script>{{7*7}}")
    page = boss.get("/users/").text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page


def test_the_first_start_makes_one_administrator_and_no_second(store: None) -> None:
    password = keeping.first_administrator()
    assert len(password) == 23
    assert keeping.first_administrator() == ""
    only = PanelUser.get()
    assert (only.name, only.role, only.must_change_password) == ("admin", "administrator", True)
    assert password not in str(PanelUser.select().dicts().get())
