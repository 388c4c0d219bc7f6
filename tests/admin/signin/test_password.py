"""The password: who gets in, who does not, and what either learns."""

import re

import pytest
from flask import Flask

from admin.access import passwords
from store.models import AuditEntry, PanelSession, PanelUser
from tests.admin.signin.person import PASSWORD, Person, member

TOKEN = re.compile(r'(?:value|content|nonce)="[^"]{20,}"')


def test_a_user_with_the_right_password_is_in(app: Flask) -> None:
    member()
    person = Person(app)
    answer = person.sign_in()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert person.opens()


def test_the_name_is_the_same_in_capitals_and_with_blanks_around(app: Flask) -> None:
    member()
    assert Person(app).sign_in(" Anna ").status_code == 302


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", "wrong"), ("nobody", PASSWORD), ("", PASSWORD), ("anna", ""), ("anna", "x" * 5000)],
)
def test_nobody_else_is(app: Flask, name: str, password: str) -> None:
    member()
    person = Person(app)
    assert person.sign_in(name, password).status_code == 200
    assert not person.opens()
    assert PanelSession.select().count() == 0


def test_a_wrong_name_and_a_wrong_password_read_the_same(app: Flask) -> None:
    member()
    anna, nobody = (
        TOKEN.sub("", Person(app).sign_in(name, "wrong").text) for name in ("anna", "nobo")
    )
    assert anna.replace("anna", "nobo") == nobody


def test_a_password_is_hashed_also_for_a_name_that_nobody_has(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    right = passwords.is_right
    monkeypatch.setattr(
        passwords, "is_right", lambda *given: hashes.append(given[0]) or right(*given)
    )
    member()
    Person(app).sign_in("nobody", "wrong")
    assert hashes == [""]


def test_a_disabled_user_reads_the_same_as_a_wrong_password(app: Flask) -> None:
    member(active=False)
    answer = Person(app).sign_in()
    assert "do not belong together" in answer.text


def test_the_password_is_nowhere_in_the_page_that_refuses_it(app: Flask) -> None:
    member()
    assert "a password slip" not in Person(app).sign_in("anna", "a password slip").text


def test_a_refusal_is_kept_with_the_user_but_never_what_was_keyed(app: Flask) -> None:
    member()
    Person(app).sign_in("anna", "one slip")
    Person(app).sign_in("hunter2 my password", "x")
    kept = [(row.action, row.subject_id) for row in AuditEntry.select() if "sign" in row.action]
    assert kept == [("sign-in refused", "anna")]


def test_a_composed_letter_is_the_same_letter(app: Flask) -> None:
    member(password="café au lait noir")
    assert Person(app).sign_in("anna", "café au lait noir").status_code == 302


def test_who_is_in_already_is_sent_on(app: Flask) -> None:
    member()
    person = Person(app)
    person.sign_in()
    assert person.get("/sign-in?next=/account/").headers["Location"] == "/account/"


def test_a_made_up_password_must_be_changed_first(app: Flask) -> None:
    user = member(must_change_password=True)
    person = Person(app)
    assert person.sign_in(at="?next=/account/").headers["Location"] == "/sign-in/password"
    assert person.get("/").headers["Location"] == "/sign-in/password"
    again = {"password": "three green bicycles", "again": "three green bicycles"}
    assert person.post("/sign-in/password", **again).headers["Location"] == "/account/"
    assert person.opens()
    assert not PanelUser[user.id].must_change_password


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("short", "short", "at least 10 characters"),
        ("three green bicycles", "three green bicycle", "The two are not the same."),
        (PASSWORD, PASSWORD, "the password that you have now"),
        ("anna123456", "anna123456", "Others would guess"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "Others would guess"),
        ("w" * 150 + "xyzab" * 20, "w" * 150 + "xyzab" * 20, "at most 200 characters"),
    ],
)
def test_a_bad_new_password_is_refused(app: Flask, password: str, again: str, told: str) -> None:
    member(must_change_password=True)
    person = Person(app)
    person.sign_in()
    answer = person.post("/sign-in/password", password=password, again=again)
    assert told in answer.text
    assert not person.opens()
