"""The second factor: set up, shown, used up, lost."""

import pytest
from flask import Flask

from admin.access.roles import Role
from store.models import AuditEntry, PanelUser
from tests.admin.signin.person import CODES, Clock, Person, member


def enrolled(app: Flask, clock: Clock) -> tuple[str, list[str]]:
    """Anna, an administrator, sets her second factor up; the secret and the recovery codes."""
    member(role=Role.ADMINISTRATOR)
    person = Person(app)
    person.sign_in()
    secret = person.secret()
    answer = person.post("/sign-in/second-factor", code=clock.code(secret))
    clock.next()
    return secret, CODES.findall(answer.text)


def halfway(app: Flask) -> Person:
    person = Person(app)
    assert person.sign_in().headers["Location"] == "/sign-in/code"
    return person


def test_an_administrator_sees_nothing_before_a_second_factor_is_set_up(
    app: Flask, clock: Clock
) -> None:
    member(role=Role.ADMINISTRATOR)
    person = Person(app)
    assert person.sign_in().headers["Location"] == "/sign-in/second-factor"
    assert person.get("/").headers["Location"] == "/sign-in/second-factor"
    assert person.get("/live?topics=calls").status_code == 302
    answer = person.post("/sign-in/second-factor", code=clock.code(person.secret()))
    assert len(set(CODES.findall(answer.text))) == 10
    assert person.opens()


def test_the_secret_is_the_same_until_it_is_confirmed(app: Flask, clock: Clock) -> None:
    member(role=Role.ADMINISTRATOR)
    person = Person(app)
    person.sign_in()
    secret = person.secret()
    assert "not right" in person.post("/sign-in/second-factor", code="000000").text
    assert person.secret() == secret
    assert PanelUser.get().totp_secret == ""


def test_another_sign_in_is_offered_another_secret(app: Flask) -> None:
    member(role=Role.ADMINISTRATOR)
    first, second = Person(app), Person(app)
    first.sign_in()
    second.sign_in()
    assert first.secret() != second.secret()


def test_the_code_is_asked_for_at_the_next_sign_in(app: Flask, clock: Clock) -> None:
    secret, _ = enrolled(app, clock)
    person = halfway(app)
    assert not person.opens()
    person.post("/sign-in/code", code=clock.code(secret))
    assert person.opens()


def test_a_code_works_once(app: Flask, clock: Clock) -> None:
    secret, _ = enrolled(app, clock)
    halfway(app).post("/sign-in/code", code=clock.code(secret))
    second = halfway(app)
    assert "used before" in second.post("/sign-in/code", code=clock.code(secret)).text
    assert not second.opens()


def test_the_code_of_setting_up_opens_nothing_afterwards(app: Flask, clock: Clock) -> None:
    secret, _ = enrolled(app, clock)
    clock.at -= 30
    person = halfway(app)
    person.post("/sign-in/code", code=clock.code(secret))
    assert not person.opens()


@pytest.mark.parametrize(("seconds", "opens"), [(-60, False), (-29, True), (29, True), (90, False)])
def test_a_phones_clock_may_be_a_little_off(
    app: Flask, clock: Clock, seconds: int, opens: bool
) -> None:
    secret, _ = enrolled(app, clock)
    clock.at += 300
    code = Clock(clock.at + seconds).code(secret)
    person = halfway(app)
    person.post("/sign-in/code", code=code)
    assert person.opens() == opens


@pytest.mark.parametrize("code", ["", "000000", "x" * 5000, "١٢٣٤٥٦", "🎙🎙🎙🎙🎙🎙", "123\x00456"])
def test_what_is_no_code_opens_nothing(app: Flask, clock: Clock, code: str) -> None:
    enrolled(app, clock)
    person = halfway(app)
    assert person.post("/sign-in/code", code=code).status_code == 200
    assert not person.opens()


def test_a_recovery_code_stands_in_once(app: Flask, clock: Clock) -> None:
    _, codes = enrolled(app, clock)
    person = halfway(app)
    person.post("/sign-in/code", code=f" {codes[3].upper().replace('-', ' ')} ")
    assert person.opens()
    second = halfway(app)
    second.post("/sign-in/code", code=codes[3])
    assert not second.opens()
    used = AuditEntry.get(AuditEntry.action == "use recovery code")
    assert used.after == {"left": 9}


def test_a_new_second_factor_cannot_be_set_up_instead_of_showing_the_old_one(
    app: Flask, clock: Clock
) -> None:
    enrolled(app, clock)
    person = halfway(app)
    assert person.get("/sign-in/second-factor").headers["Location"] == "/sign-in/code"
    assert person.get("/sign-in/password").headers["Location"] == "/sign-in/code"


def test_neither_secret_nor_codes_are_in_the_audit_log(app: Flask, clock: Clock) -> None:
    secret, codes = enrolled(app, clock)
    kept = str(list(AuditEntry.select().dicts()))
    assert "set up second factor" in kept
    assert not any(text in kept for text in (secret, *codes))
