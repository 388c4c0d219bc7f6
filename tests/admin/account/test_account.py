"""One's own account."""

import pytest
from flask import Flask

from store.models import AuditEntry, PanelSession, PanelUser
from tests.admin.signin.person import CODES, PASSWORD, Clock, Person, member


@pytest.fixture
def anna(app: Flask) -> Person:
    member()
    person = Person(app)
    person.sign_in()
    return person


def switched_on(person: Person, clock: Clock) -> tuple[str, list[str]]:
    secret = person.secret("/account/second-factor")
    answer = person.post("/account/second-factor", old=PASSWORD, code=clock.code(secret))
    clock.next()
    return secret, CODES.findall(answer.text)


def test_name_mail_and_language_are_kept_and_in_the_audit_log(anna: Person) -> None:
    anna.post("/account/", title="Anna 安娜", mail="anna@daily.example", language="zh_Hans_CN")
    me = PanelUser.get()
    assert (me.title, me.mail, me.language) == ("Anna 安娜", "anna@daily.example", "zh_Hans_CN")
    assert AuditEntry.get(AuditEntry.action == "change").after["title"] == "Anna 安娜"
    assert 'lang="zh-Hans"' in anna.get("/account/").text


@pytest.mark.parametrize("mail", ["x", "a@b@c", "a b@c", "a@b\n.c", "@", "x" * 300 + "@d.example"])
def test_what_is_no_mail_address_is_refused(anna: Person, mail: str) -> None:
    anna.post("/account/", title="Anna", mail=mail, language="")
    assert PanelUser.get().mail == ""


def test_nobody_makes_himself_administrator(anna: Person) -> None:
    anna.post("/account/", title="A", mail="", language="", role="administrator", active="y")
    assert PanelUser.get().role == "editor"


def test_a_name_cannot_turn_the_text_around_it(anna: Person) -> None:
    anna.post("/account/", title="An\u202ena\x00\x07 \u2066x", mail="", language="")
    assert PanelUser.get().title == "An na x"


def test_another_password_signs_the_others_out(app: Flask, anna: Person) -> None:
    elsewhere = Person(app)
    elsewhere.sign_in()
    fields = {"password": "three green bicycles", "again": "three green bicycles"}
    anna.post("/account/password", old=PASSWORD, **fields)
    assert anna.opens()
    assert not elsewhere.opens()
    assert Person(app).sign_in("anna", PASSWORD).status_code == 200
    assert Person(app).sign_in("anna", "three green bicycles").status_code == 302


def test_the_password_stays_when_the_old_one_is_not_known(app: Flask, anna: Person) -> None:
    fields = {"password": "three green bicycles", "again": "three green bicycles"}
    assert "not your password" in anna.post("/account/password", old="guess", **fields).text
    assert Person(app).sign_in().status_code == 302


def test_the_second_factor_is_asked_for_once_it_is_switched_on(
    app: Flask, anna: Person, clock: Clock
) -> None:
    elsewhere = Person(app)
    elsewhere.sign_in()
    _, codes = switched_on(anna, clock)
    assert len(codes) == 10
    assert anna.opens()
    assert not elsewhere.opens()
    assert Person(app).sign_in().headers["Location"] == "/sign-in/code"


def test_switching_it_on_asks_for_the_password(anna: Person, clock: Clock) -> None:
    secret = anna.secret("/account/second-factor")
    anna.post("/account/second-factor", old="guess", code=clock.code(secret))
    assert PanelUser.get().totp_secret == ""


@pytest.mark.parametrize("wrong", ["old", "code"])
def test_switching_it_off_asks_for_both(anna: Person, clock: Clock, wrong: str) -> None:
    secret, _ = switched_on(anna, clock)
    given = {"old": PASSWORD, "code": clock.code(secret)}
    anna.post("/account/second-factor/off", **{**given, wrong: "guess"})
    assert PanelUser.get().totp_secret
    clock.next()
    anna.post("/account/second-factor/off", old=PASSWORD, code=clock.code(secret))
    assert not PanelUser.get().totp_secret
    assert anna.opens()


def test_an_administrator_cannot_switch_it_off(app: Flask, clock: Clock) -> None:
    user = member("boss", role="administrator")
    boss = Person(app)
    boss.sign_in("boss")
    secret = boss.secret()
    boss.post("/sign-in/second-factor", code=clock.code(secret))
    clock.next()
    boss.post("/account/second-factor/off", old=PASSWORD, code=clock.code(secret))
    assert PanelUser[user.id].totp_secret == secret


def test_new_recovery_codes_replace_the_old_ones(app: Flask, anna: Person, clock: Clock) -> None:
    secret, old = switched_on(anna, clock)
    answer = anna.post("/account/recovery-codes", old=PASSWORD, code=clock.code(secret))
    new = CODES.findall(answer.text)
    assert len(new) == 10
    assert not set(new) & set(old)
    person = Person(app)
    person.sign_in()
    person.post("/sign-in/code", code=old[0])
    assert not person.opens()
    person.post("/sign-in/code", code=new[0])
    assert person.opens()


def test_sessions_are_listed_and_end_one_by_one_or_all(app: Flask, anna: Person) -> None:
    others = [Person(app, f"203.0.113.{at}") for at in range(3)]
    for other in others:
        other.sign_in()
    assert "203.0.113.2" in anna.get("/account/").text
    second = PanelSession.get(PanelSession.address == "203.0.113.1")
    anna.post(f"/account/sessions/{second.id}/end")
    assert [other.opens() for other in others] == [True, False, True]
    anna.post("/account/sessions/end")
    assert [other.opens() for other in others] == [False, False, False]
    assert anna.opens()


def test_the_session_of_somebody_else_is_not_there(app: Flask, anna: Person) -> None:
    member("berta")
    berta = Person(app)
    berta.sign_in("berta")
    number = PanelSession.get(PanelSession.user == PanelUser.get(PanelUser.name == "berta")).id
    assert anna.post(f"/account/sessions/{number}/end").status_code == 404
    assert anna.post(f"/account/sessions/{'9' * 40}/end").status_code == 404
    assert berta.opens()
